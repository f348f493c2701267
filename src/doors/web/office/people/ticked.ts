import { z } from "zod";
import { drawnFrom } from "#people/drawn-from";
import { grantDuty } from "#people/grant-duty";
import { grantTemporaryPassword } from "#people/grant-temporary-password";
import { DUTIES, whyNotGrant, type Duty, type Officer } from "#people/officer";
import { listOfficers, type OfficerAccount } from "#people/queries";
import { readSignInFigures } from "#people/sign-in-figures";
import { listAsked, makeSecondHalf, whyNotDecide, type Asked } from "#people/temporary-password";
import { choice, id } from "#platform/text";
import type { Town } from "#platform/town";
import type { RefusalCode } from "#refusals";
import type { Sent } from "#doors/web/form";
import { signedIn } from "#doors/web/office/officer-form";
import type { Visit } from "#doors/web/visit";
import type { ShownOnce } from "./half-shown.ts";

/** What was ticked of one officer, and the version it was ticked over. */
export type Ticked = {
  readonly officer: OfficerAccount;
  readonly version: number;
  readonly duties: readonly Duty[];
  /** The temporary password that is to be confirmed: false when none is, null when none waits any more. */
  readonly password: Asked | false | null;
};

const Pair = z.tuple([id, choice(DUTIES)]);
/** Of a page that was not ours: it never is the version of now. */
const NO_VERSION = -1;

export async function tickedIn(visit: Visit, { lists, typed }: Sent): Promise<readonly Ticked[]> {
  const pairs = (lists["grant"] ?? []).flatMap((said) => {
    const pair = Pair.safeParse(said.split(":"));
    return pair.success ? [pair.data] : [];
  });
  const confirmed = new Set(lists["confirm"]);
  const asked = new Map((await listAsked(visit.town, visit.at)).map((one) => [one.account, one]));
  return (await listOfficers(visit.town)).flatMap((officer) => {
    const duties = DUTIES.filter((duty) => pairs.some(([account, granted]) => account === officer.id && granted === duty));
    const password = confirmed.has(officer.id) && (asked.get(officer.id) ?? null);
    if (duties.length === 0 && password === false) return [];
    const version = drawnFrom.version.safeParse(typed[`version_${officer.id}`]).data ?? NO_VERSION;
    return [{ officer, version, duties, password }];
  });
}

/** Whether all that was ticked of somebody may be done, one after the other. */
export function whyNotTicked(by: Officer, { officer, duties, password }: Ticked): RefusalCode | null {
  if (officer.disabledAt !== null) return "officer/disabled";
  const held = new Set(officer.duties);
  for (const duty of duties) {
    const no = whyNotGrant(by, { ...officer, duties: held }, duty);
    if (no !== null) return no;
    held.add(duty);
  }
  return password === false ? null : whyNotDecide(by, officer, password);
}

type Half = Awaited<ReturnType<typeof makeSecondHalf>>;

/** Second halves, one after another and before the transaction: each takes a core for a while. */
export async function makeHalves(visit: Visit, ticked: readonly Ticked[]): Promise<ReadonlyMap<string, Half>> {
  const { passwordLength } = await readSignInFigures(visit.town);
  const halves = new Map<string, Half>();
  for (const { officer, password } of ticked)
    if (password !== false && password !== null)
      halves.set(officer.id, await makeSecondHalf(visit.town, password, { passwordLength, who: signedIn(visit).id }));
  return halves;
}

/** Does all that was ticked of one officer. The version of the page holds for the first act: each moves it. */
export async function doTicked(visit: Visit, town: Town, one: Ticked, half: Half | undefined): Promise<readonly ShownOnce[]> {
  const by = signedIn(visit);
  const { id } = one.officer;
  const confirms = half !== undefined && one.password !== false && one.password !== null;
  if (confirms)
    await grantTemporaryPassword(town, by, visit.at, { officer: id, version: one.version, asked: one.password.id, hash: half.hash });
  for (const [i, duty] of one.duties.entries())
    await grantDuty(town, by, visit.at, { officer: id, version: i === 0 && !confirms ? one.version : null, duty });
  return confirms ? [{ ...one.officer, half: half.half }] : [];
}
