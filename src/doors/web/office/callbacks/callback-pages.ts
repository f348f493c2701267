import { z } from "zod";
import { CallReporter, callReporter } from "#intake/call-reporter";
import { lookAtIdentity } from "#intake/look-at-identity";
import { findCallBack, type CallBackDesk } from "#office/call-backs";
import { holdCallBack, takeNextCallBack } from "#office/hold-call-back";
import { choice, optionalParagraph } from "#platform/text";
import { recordAnswer } from "#verification/record-answer";
import { recordAttempt } from "#verification/record-attempt";
import { CALL_MANNERS } from "#verification/round";
import { Refusal } from "#refusals";
import { phone } from "#vault/identity";
import { notFoundPage } from "#doors/web/error-pages";
import { parse } from "#doors/web/form";
import type { Drawn } from "#doors/web/form/drawn";
import { readAs, sendForm, type Form } from "#doors/web/form/send-form";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { callBackPage, queuePage } from "./callback-page.ts";

const TRIAGE = "triage";

/** What came of one call or visit. */
const Said = z.object({
  said: choice(["yes", "no", "nobody"]),
  manner: choice(CALL_MANNERS),
  satisfied: choice(["yes", "no", ""]).default(""),
  why: optionalParagraph(1000),
});

/** One reporter at a time is called or visited by somebody uninvolved, who writes down what they say. */
export const callBackRoutes = [
  route("GET /office/callbacks", { who: TRIAGE, kind: "page" }, queuePage),
  route("POST /office/callbacks", { who: TRIAGE, kind: "act" }, (visit) => sendForm(visit, begin(visit))),
  route("GET /office/callbacks/:question", { who: TRIAGE, kind: "page" }, (visit, { question }) =>
    onCallBack(visit, question, (desk) => callBackPage(visit, desk, null)),
  ),
  route("POST /office/callbacks/:question", { who: TRIAGE, kind: "act" }, (visit, { question }) =>
    onCallBack(visit, question, (desk) => sendForm(visit, record(visit, desk))),
  ),
  route("POST /office/callbacks/:question/identity", { who: TRIAGE, kind: "act" }, (visit, { question }) =>
    onCallBack(visit, question, (desk) => sendForm(visit, look(visit, desk))),
  ),
  route("POST /office/callbacks/:question/call", { who: TRIAGE, kind: "act" }, (visit, { question }) =>
    onCallBack(visit, question, (desk) => dial(visit, desk)),
  ),
];

/** A reporter whom this officer may know to have been asked. */
async function onCallBack(visit: Visit, id: string, page: (desk: CallBackDesk) => Response | Promise<Response>): Promise<Response> {
  const desk = await findCallBack(visit.town, signedIn(visit), visit.at, id);
  return desk === null ? notFoundPage(visit) : page(desk);
}

function begin(visit: Visit): Form {
  return {
    purpose: null,
    read: () => ({ act: () => nextAddress(visit, "") }),
    back: () => queuePage(visit),
  };
}

/** Where the next reporter stands, who is this officer's from now on; the queue where none is left. */
async function nextAddress(visit: Visit, query: string): Promise<string> {
  const next = await takeNextCallBack(visit.town, signedIn(visit), visit.at);
  return `/office/callbacks${next === null ? "" : `/${next}`}${query}`;
}

function record(visit: Visit, desk: CallBackDesk): Form {
  const { id: question } = desk.question;
  return {
    purpose: "record-call-back",
    read: ({ typed }) =>
      readAs(parse(visit, Said, typed), async (town, { said, manner, ...heard }) => {
        const by = signedIn(visit);
        if (said === "nobody" && heard.why !== "") throw new Refusal("attempt/with-words");
        if (said === "nobody") await recordAttempt(town, by, visit.at, { question, manner });
        else await recordAnswer(town, by, visit.at, { question, manner, solved: said, ...heard });
        return said;
      }),
    back: (drawn) => again(visit, desk, drawn),
    // After the commit: who is next is held in a transaction of its own, so that two who record wait for no one in a circle.
    answer: async (said) => visit.context.redirect(await nextAddress(visit, `?done=${said}`), 303),
  };
}

/** Refused by the room: the page says how it stands by now, and what a colleague recorded. */
async function again(visit: Visit, before: CallBackDesk, drawn: Drawn): Promise<Response> {
  const now = drawn.refused === null ? before : await findCallBack(visit.town, signedIn(visit), visit.at, before.question.id);
  return callBackPage(visit, now ?? before, drawn);
}

/** Why it is needed says itself: the officer types nothing, the log tells the class. */
function reasonOf(visit: Visit, { standing, question }: CallBackDesk) {
  const reason = visit.words.office.callbacks.lookReason(standing.problem.number);
  return { report: question.report, reasonClass: "call-back", reason } as const;
}

/** The look is recorded before anything is shown, and open to this officer for ten minutes. */
function look(visit: Visit, desk: CallBackDesk): Form {
  const by = signedIn(visit);
  return {
    purpose: null,
    read: () => ({
      async act(town) {
        await holdCallBack(town, by, visit.at, desk.question.id);
        await lookAtIdentity(town, by, visit.at, reasonOf(visit, desk));
        return addressOf(visit, desk, "");
      },
    }),
    back: (drawn) => again(visit, desk, drawn),
  };
}

const Line = z.object({ line: phone });

/** The gateway connects the officer with the reporter: nobody sees the number. */
async function dial(visit: Visit, desk: CallBackDesk): Promise<Response> {
  const { callGateway: gateway } = visit.program;
  if (gateway === null) return notFoundPage(visit);
  const by = signedIn(visit);
  return sendForm(visit, {
    purpose: null,
    read: ({ typed }) =>
      readAs(parse(visit, Line, typed), async (town, { line }) => {
        const call = CallReporter.parse({ ...reasonOf(visit, desk), line });
        await holdCallBack(town, by, visit.at, desk.question.id);
        await callReporter(town, by, visit.at, { ...call, gateway });
        return addressOf(visit, desk, "dialled");
      }),
    back: (drawn) => again(visit, desk, drawn),
  });
}

function addressOf(visit: Visit, { question }: CallBackDesk, done: string): string {
  const query = new URLSearchParams();
  const manner = visit.context.req.query("manner");
  if (manner === "visit" || manner === "phone") query.set("manner", manner);
  if (done !== "") query.set("done", done);
  return `/office/callbacks/${question.id}${query.size === 0 ? "" : `?${query.toString()}`}`;
}
