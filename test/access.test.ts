import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { ROUTES } from "#doors/web/routes";
import { dutiesFor } from "#people/capability";
import { DUTIES, type Duty, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { openAccount } from "./account.ts";
import { aDoor } from "./door.ts";
import { aTown, type ATown } from "./town.ts";

/** One officer for every duty, holding nothing else. */
async function onePerDuty(its: ATown): Promise<ReadonlyMap<Duty, Officer>> {
  const { town, units, at } = its;
  const officers = new Map<Duty, Officer>();
  for (const duty of DUTIES) {
    const officer: Officer = { id: newId(at), name: `专${duty}`, unit: units.rural, duties: new Set([duty]) };
    await town.db
      .insertInto("people.officer")
      .values({ town: town.id, id: officer.id, unit: officer.unit, name: officer.name, added_at: at })
      .execute();
    await town.db
      .insertInto("people.duty")
      .values({ town: town.id, id: newId(at), officer: officer.id, duty, granted_at: at })
      .execute();
    await openAccount(town, { id: officer.id, login: `only-${duty.replaceAll("_", "-")}`, openedAt: at, hash: "none" });
    officers.set(duty, officer);
  }
  return officers;
}

async function aHouseWithOneProblem(t: TestContext) {
  const its = await aTown(t);
  const { number } = await openProblem(
    its.town,
    its.cast.qianWen,
    its.at,
    OpenProblem.parse({ title: "路灯不亮", category: its.categories.complaint }),
  );
  return { ...its, number, door: aDoor(its) };
}

/** A path with something in the place of every `:name`. */
function filled(path: string, number: string): string {
  return path.replaceAll(/:([a-z0-9A-Z]+)/g, (_, name: string) =>
    name === "number" ? number : name === "sha256" ? "0".repeat(64) : "00000000-0000-7000-8000-000000000000",
  );
}

test("every route is open to exactly the duties it is declared for", async (t) => {
  const { door, number, ...its } = await aHouseWithOneProblem(t);
  const wrong: string[] = [];
  for (const [duty, officer] of await onePerDuty(its)) {
    const cookie = await door.cookieOf(officer);
    for (const { name, method, path, who: access } of ROUTES) {
      if (path === "/office/sign-out") continue; // would end the session the walk needs
      const response = method === "GET" ? await door.get(filled(path, number), cookie) : await door.post(filled(path, number), {}, cookie);
      const turnedAway = response.status === 403 && (await response.text()).includes("您的职责不包括这件事");
      const mayEnter = access === "anyone" || access === "officer" || dutiesFor(access).includes(duty);
      if (turnedAway === mayEnter) wrong.push(`${duty} ${mayEnter ? "is kept out of" : "gets into"} ${name}`);
      if (response.status >= 500) wrong.push(`${name} answers ${duty} with ${response.status}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("without a session every page of the office asks to sign in, and nothing else does", async (t) => {
  const { door, number } = await aHouseWithOneProblem(t);
  const wrong: string[] = [];
  for (const { name, method, path, who: access } of ROUTES) {
    const response = method === "GET" ? await door.get(filled(path, number)) : await door.post(filled(path, number), {});
    const asked =
      (response.headers.get("location") ?? "").startsWith("/office/sign-in") ||
      (response.status === 401 && (await response.text()).includes('name="sign_in_password"'));
    const kept = access !== "anyone";
    if (asked !== kept && !(path.startsWith("/office/sign-") || path.startsWith("/office/second-step") || path === "/office/password"))
      wrong.push(`${name} ${kept ? "lets a stranger in" : "asks a resident to sign in"}`);
  }
  assert.deepEqual(wrong, []);
});

test("none of the three administrators gets to the content of reports by that duty", () => {
  const administrators: readonly Duty[] = ["system_admin", "security_admin", "auditor"];
  const content = ROUTES.filter(
    ({ path }) => path.startsWith("/office/inbox") || path.startsWith("/office/ledger") || path.startsWith("/office/calls"),
  );
  assert.ok(content.length > 20);
  assert.deepEqual(
    content
      .filter(({ who }) => who === "anyone" || who === "officer" || administrators.some((duty) => dutiesFor(who).includes(duty)))
      .map(({ name }) => name),
    [],
  );
});
