import { randomBytes } from "node:crypto";
import { ROUTES, type WebRoute } from "#doors/web/routes";
import { withoutTurns } from "#platform/characters";
import { drawn, formsAt, pagesOf, routeOf, type Page } from "./every-form.ts";
import { formsOf, type Field, type Form } from "./forms.ts";
import { A_FEW_WORDS, KIND, KIND_AT } from "./kind.ts";
import { aJpeg, type Answer, type OpenHouse } from "./open-house.ts";
import { STRIDE, TEXTS, whatIsWrong } from "./unkind-answers.ts";

const RECEIVED = "stands for whoever receives sealed reports, and nobody of this house does";

/** Routes that no form is fed to, and why. */
export const NOT_FED: Partial<Record<WebRoute, string>> = {
  "POST /office/inbox/:report/reissue": "has one choice and no words, and stands behind a look; its own test types wrong ones",
  "POST /office/inbox/:report/similar": "asked by a script while a form is typed; keeps nothing",
  "POST /office/calls/similar": "asked by a script while a form is typed; keeps nothing",
  "POST /report/what/similar": "the same, on the first page",
  "POST /report/what/me-too": "what /report/check/me-too does, which is fed",
  "POST /report/what/not-same": "what /report/check/not-same does, which is fed",
  "POST /ledger/:number/me-too/receipt": "has no field but its button",
  "POST /office/inbox/:report/redact":
    "covers words that stand in a text, after they were looked at; its own test types what stands nowhere",
  "POST /office/ledger/:number/redact": "the same, of a problem",
  "POST /office/views/:view/forget": "has no field but its button",
  "POST /office/profile/recovery-codes": "has the present password as its one field; its own test types wrong ones",
  "POST /office/sealed/:report/answer": RECEIVED,
  "POST /office/sealed/:report/identity": RECEIVED,
  "POST /office/sealed/:report/let-out": RECEIVED,
  "POST /office/sealed/:report/open": RECEIVED,
  "POST /office/sealed/:report/read": RECEIVED,
  "POST /office/sealed/:report/redact": RECEIVED,
  "POST /office/sealed/:report/refer": RECEIVED,
  "POST /office/people/:officer/sessions/end": "has no field but its button and would end the sessions of everybody after it",
  "POST /office/profile/devices/:device/forget": "has no field but its button",
  "POST /office/profile/sessions/:session/end": "has no field but its button and would end the session of somebody after it",
  "POST /office/profile/sessions/others/end": "the same",
  "POST /office/sealed/:report/reply": RECEIVED,
  "POST /office/sign-out": "has no field and would end the session of everybody after it",
  "POST /track/leave": "has no field and would end the story",
};

/** Feeds every form that somebody finds in the house: those that are filled in first, for a button may end what others stand on. */
export async function feedEveryForm(house: OpenHouse): Promise<{ tried: ReadonlyMap<WebRoute, Tried>; wrong: readonly string[] }> {
  const wrong: string[] = [];
  const tried = new Map<WebRoute, Tried>();
  const buttons: Stand[] = [];
  const feed = async (stand: Stand) => {
    const soFar = tried.get(stand.route) ?? { sent: 0, taken: false };
    tried.set(stand.route, soFar);
    if (!soFar.taken || soFar.sent < textsFor(stand.form)) wrong.push(...(await tryForm(stand, soFar)));
  };
  const sentTo = (route: WebRoute) => tried.get(route)?.sent ?? 0;
  const isWanted = (route: WebRoute) => tried.get(route)?.taken !== true || sentTo(route) < TEXTS.length / STRIDE;
  for (const pages of Map.groupBy(await pagesOf(house), ({ path }) => path).values()) {
    const stands: Stand[] = [];
    for (const [page, form] of (await Promise.all(pages.map((page) => formsAt(page, isWanted)))).flat()) {
      const route = routeOf(form);
      if (route !== null && NOT_FED[route] === undefined) stands.push({ house, page, form, route });
    }
    // What is done on a page may leave nothing to do for its other forms, so those that had least come first.
    for (const stand of stands.toSorted((one, other) => sentTo(one.route) - sentTo(other.route)))
      if (isFilledIn(stand.form)) await feed(stand);
      else if (stand.form.method === "post") buttons.push(stand);
  }
  for (const stand of buttons) await feed(stand);
  return { tried, wrong };
}

/** How often unkind texts were sent to a route, and whether it ever took a form. */
type Tried = { sent: number; taken: boolean };

function isFilledIn({ fields, files }: Form): boolean {
  return files.length > 0 || fields.some(({ isTyped }) => isTyped);
}

/** A password may hold what it likes and takes its time, and a fifth wrong one locks. */
const MOST_SECRETS = 4;

/** Buttons have little to say. */
function textsFor(form: Form): number {
  const all = Math.ceil(TEXTS.length / STRIDE);
  if (form.fields.some(({ isSecret }) => isSecret)) return Math.min(Math.ceil(all / 4), MOST_SECRETS);
  return isFilledIn(form) ? all : Math.ceil(all / 4);
}

/** Feeds a form as many texts as its route still wants; when it took none of them it must take what is kind. */
async function tryForm(stand: Stand, tried: Tried): Promise<readonly string[]> {
  const { page, form, route } = stand;
  const first = ROUTES.findIndex(({ name }) => name === route);
  const wrong: string[] = [];
  const sendOne = async (form: Form, what: string, pairs: readonly Pair[]) => {
    const answer = await send({ ...stand, form }, pairs);
    const comesBack = isFilledIn(form) && (answer.status === 409 || answer.status === 422);
    const fault = whatIsWrong(answer) ?? (comesBack ? whatIsLost(answer, form, pairs) : null);
    if (fault !== null) wrong.push(`${route} with ${what}: ${fault}`);
    if (isTaken(answer)) tried.taken = true;
    return answer.status;
  };
  let now: Form | null = await drawn(page, form);
  while (now !== null && tried.sent < textsFor(form)) {
    const [what = "", text = ""] = TEXTS[(first + tried.sent * STRIDE) % TEXTS.length] ?? [];
    const status = await sendOne(now, what, await unkindly({ ...stand, form: now }, text, first + tried.sent));
    tried.sent += 1;
    if (status === 303) now = await drawn(page, form);
  }
  if (now !== null && !tried.taken) await sendOne(now, "what is kind", await kindly({ ...stand, form: now }));
  return wrong;
}

/** It leads on, and not back to where one begins. */
function isTaken({ status, headers }: Answer): boolean {
  return status === 200 || (status === 303 && !/^\/(?:office\/sign-in|report\/what)\b/.test(headers.get("location") ?? ""));
}

/** A form of a page, and where it goes. */
export type Stand = { readonly house: OpenHouse; readonly page: Page; readonly form: Form; readonly route: WebRoute };

function isJudged({ name, value }: Field): boolean {
  return name in KIND || /^[\d-]+$/.test(value);
}

function kindOf({ house, route }: Stand, { name, value }: Field): string {
  if (name === "code" && route === "POST /track") return house.code;
  const code = name === "code" || name === "sign_in_code" ? house.codes[route] : undefined;
  return code ?? KIND_AT[route]?.[name] ?? (value || (KIND[name] ?? A_FEW_WORDS));
}

type Pair = readonly [name: string, value: string | File];

/** Every other time what is judged is as it should be while the rest is unkind: else nothing but days and numbers were refused. */
async function unkindly(stand: Stand, text: string, turn: number): Promise<readonly Pair[]> {
  const { fields, files } = stand.form;
  const hidden = fields.every(({ isTyped }) => !isTyped) || turn % 5 === 4;
  const pairs = fields.map((field): Pair => {
    if (field.name === "form_key") return [field.name, crypto.randomUUID()];
    if (!field.isTyped) return [field.name, hidden ? text : field.value];
    return [field.name, isJudged(field) && turn % 2 === 0 ? kindOf(stand, field) : text];
  });
  const sent = files.map(async (name): Promise<Pair> => [name, turn % 3 === 0 ? new File([text], text) : await fileFor(name)]);
  return [...pairs, ...(await Promise.all(sent))];
}

/** Every field as somebody would fill it in who means to do just that. */
export async function kindly(stand: Stand): Promise<readonly Pair[]> {
  const { fields, files } = stand.form;
  const sent = files.map(async (name): Promise<Pair> => [name, await fileFor(name)]);
  return [...fields.map((field): Pair => [field.name, field.isTyped ? kindOf(stand, field) : field.value]), ...(await Promise.all(sent))];
}

/** Never the same twice: a document where one is asked for, else a photo. */
async function fileFor(name: string): Promise<File> {
  if (name === "file")
    return new File([`%PDF-1.7\n% ${randomBytes(8).toString("hex")}\n%%EOF\n`], "验收单.pdf", { type: "application/pdf" });
  return new File([new Uint8Array(await aJpeg(`#${randomBytes(3).toString("hex")}`))], "路灯.jpg", { type: "image/jpeg" });
}

export async function send({ page, form }: Pick<Stand, "page" | "form">, pairs: readonly Pair[]): Promise<Answer> {
  const words = new URLSearchParams(
    pairs.flatMap(([name, value]): readonly [string, string][] => (typeof value === "string" ? [[name, value]] : [])),
  );
  if (form.method !== "post") return page.ask(`${form.action}?${words.toString()}`);
  if (form.files.length === 0) return page.ask(form.action, { method: "POST", body: words });
  const body = new FormData();
  for (const [name, value] of pairs) body.append(name, value);
  return page.ask(form.action, { method: "POST", body });
}

/** A form that comes back says beside a field what is wrong, and holds what was typed, as a page can show it. */
export function whatIsLost({ text }: Pick<Answer, "text">, form: Form, pairs: readonly Pair[]): string | null {
  const back = formsOf(text).find(({ action }) => action === form.action);
  if (back === undefined) return "does not come back";
  if (!/class="fault"|class="fault-|fault-summary|id="elsewhere"/.test(text)) return "does not say what is wrong";
  const typed = new Map(pairs);
  for (const { name, isTyped, isSecret } of form.fields) {
    const field = back.fields.find((one) => one.name === name);
    const sent = typed.get(name);
    if (!isTyped || isSecret || field === undefined || typeof sent !== "string") continue;
    if (withOneLineEnd(field.value) !== withOneLineEnd(withoutTurns(sent.toWellFormed()))) return `loses ${name}`;
  }
  return null;
}

/** What is sent as parts of many ends its lines as the network does. */
function withOneLineEnd(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}
