import type { z } from "zod";
import { AskTemporaryPassword, askTemporaryPassword } from "#people/ask-temporary-password";
import { GrantTemporaryPassword, grantTemporaryPassword } from "#people/grant-temporary-password";
import { findAccount, type OfficerAccount } from "#people/queries";
import { RefuseTemporaryPassword, refuseTemporaryPassword } from "#people/refuse-temporary-password";
import { readSignInFigures } from "#people/sign-in-figures";
import { findAsked, makeSecondHalf, whyNotDecide } from "#people/temporary-password";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { notFoundPage } from "#doors/web/error-pages";
import { parse } from "#doors/web/form";
import { sendForm } from "#doors/web/form/send-form";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { halfShown, type ShownOnce } from "./half-shown.ts";
import { officerPage } from "./officer.ts";
import { BLANK, sendSettings } from "./settings-form.ts";

export const temporaryPasswordRoutes = [
  route("POST /office/people/:officer/temporary-password", { who: "keep-accounts", kind: "act" }, sendAsk),
  route("POST /office/people/:officer/temporary-password/grant", { who: "keep-duties", kind: "act" }, sendGrant),
  route("POST /office/people/:officer/temporary-password/refuse", { who: "keep-duties", kind: "act" }, (visit, { officer }) =>
    sendSettings(visit, {
      purpose: "temporary-password.refuse",
      schema: RefuseTemporaryPassword,
      with: { officer },
      act: refuseTemporaryPassword,
      to: `/office/people/${officer}?done=refused`,
      back: (drawn) => officerPage(visit, officer, drawn),
    }),
  ),
];

type Asked = { readonly officer: string };

function sendAsk(visit: Visit, { officer }: Asked): Promise<Response> {
  return sendForHalf(visit, officer, {
    half: "first",
    schema: AskTemporaryPassword,
    prepare: async () => (town, what) => askTemporaryPassword(town, signedIn(visit), visit.at, what),
  });
}

function sendGrant(visit: Visit, { officer }: Asked): Promise<Response> {
  return sendForHalf(visit, officer, {
    half: "second",
    schema: GrantTemporaryPassword,
    async prepare(account) {
      const { half, ...made } = await secondHalf(visit, account);
      return async (town, what) => {
        await grantTemporaryPassword(town, signedIn(visit), visit.at, { ...what, ...made });
        return half;
      };
    },
  });
}

/** Made before the transaction, because hashing takes its time. */
async function secondHalf(visit: Visit, officer: OfficerAccount) {
  const asked = await findAsked(visit.town, officer.id, visit.at);
  const no = whyNotDecide(signedIn(visit), officer, asked);
  if (asked === null || no !== null) throw new Refusal(no ?? "temporary-password/none-asked");
  const { passwordLength } = await readSignInFigures(visit.town);
  return { asked: asked.id, ...(await makeSecondHalf(visit.town, asked, { passwordLength, who: signedIn(visit).id })) };
}

type ForHalf<T> = {
  readonly half: "first" | "second";
  readonly schema: z.ZodType<T>;
  /** What takes its time, done before the act. */
  readonly prepare: (account: OfficerAccount) => Promise<(town: Town, what: T) => Promise<string>>;
};

/** Sends a form whose answer is half a password. It exists in this one answer and nowhere else: a repeated sending says so. */
async function sendForHalf<T>(visit: Visit, officer: string, { half, schema, prepare }: ForHalf<T>): Promise<Response> {
  const account = await findAccount(visit.town, officer);
  if (account === null) return notFoundPage(visit);
  const made: ShownOnce[] = [];
  const shownAlready = { ...BLANK, faults: { form: visit.words.people.officers.shown }, status: 409 } as const;
  return sendForm(visit, {
    purpose: `temporary-password.${half}`,
    async read({ typed }) {
      const { value, faults } = parse(visit, schema, { ...typed, officer });
      if (faults !== null) return { faults };
      const act = await prepare(account);
      return {
        async act(town) {
          made.push({ ...account, half: await act(town, value) });
          return "";
        },
      };
    },
    answer: () => (made[0] === undefined ? officerPage(visit, officer, shownAlready) : halfShown(visit, half, made[0])),
    back: (drawn) => officerPage(visit, officer, { ...BLANK, ...drawn }),
  });
}
