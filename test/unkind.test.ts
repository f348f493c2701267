import assert from "node:assert/strict";
import { test } from "node:test";
import { ROUTES } from "#doors/web/routes";
import { keptWords } from "#platform/characters";
import { aDoor } from "./door.ts";
import { aPlaceWithoutTowns } from "./empty-place.ts";
import { formsOf } from "./forms.ts";
import { anOpenHouse, type OpenHouse } from "./open-house.ts";
import { AT } from "./town.ts";
import { UNKIND } from "./unkind.ts";
import { keptIn, STRIDE, TEXTS, whatIsWrong } from "./unkind-answers.ts";
import { feedEveryForm, NOT_FED, whatIsLost } from "./unkind-forms.ts";
import { assertValid } from "./valid-page.ts";

/** What is taken is gone from its page: the more texts, the more problems in every state. */
const OF_EACH_STATE = Math.ceil(16 / STRIDE);

test("whatever is typed into a form, it is refused beside its field with what was typed, or kept as it is read", async (t) => {
  const house = await anOpenHouse(t, OF_EACH_STATE);
  const { tried, wrong } = await feedEveryForm(house);
  assert.deepEqual(wrong, []);
  const takers = ROUTES.map(({ name }) => name).filter((name) => name.startsWith("POST "));
  const fed = [...tried].filter(([, { sent }]) => sent > 0);
  assert.deepEqual(takers.filter((name) => !fed.some(([route]) => route === name)).sort(), Object.keys(NOT_FED).sort());
  const refusing = fed.flatMap(([route, { taken }]) => (taken ? [] : [route]));
  assert.deepEqual(refusing, [], "a form that always refuses proves little");
  for (const [text, at] of await keptIn(house.town)) assert.equal(keptWords(text), text, at);
  await assertPublished(house);
});

/** Everybody can read what came of it: HTML that is valid, in characters that a page may hold. */
async function assertPublished(house: OpenHouse): Promise<void> {
  const { ask, town } = house;
  const numbers = (await town.db.selectFrom("ledger.problem").select("number").execute()).map(({ number }) => number);
  const pages = ["/", "/ledger?limit=100", "/flags", ...numbers.map((number) => `/ledger/${number}`)];
  for (const path of [...pages, "/figures", "/ledger.atom", "/api/v1/problems?limit=100", "/api/v1/directory"]) {
    const answer = await ask(path);
    assert.equal(answer.status, 200, path);
    assert.equal(whatIsWrong(answer), null, path);
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(answer.text, /[\0-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffd\uffff]/, path);
  }
  for (const path of pages.slice(0, 8)) await assertValid((await ask(path)).text, path);
}

const FIRST_TOWN = {
  nameZh: "示例镇",
  nameEn: "Shili",
  prefix: "sl",
  unit: "党政办",
  system_admin_name: "周系",
  system_admin_login: "zhouxi",
  security_admin_name: "武安",
  security_admin_login: "wuan",
  auditor_name: "沈计",
  auditor_login: "shenji",
  office_name: "钱文",
  office_login: "qianwen",
};

test("whatever is typed before there is a town, set-up says what is wrong with it, and begins a town of what can be read", async (t) => {
  const town = await aPlaceWithoutTowns(t);
  const door = aDoor({ town, at: AT }, { isSetUpToken: () => true });
  const [form] = formsOf(await (await door.get("/set-up?token=it")).text());
  assert.deepEqual(form?.fields.map(({ name }) => name).sort(), Object.keys(FIRST_TOWN).sort());
  const wrong: string[] = [];
  for (const [i, [what, text]] of TEXTS.entries()) {
    if (i % STRIDE !== 0) continue;
    // The prefix is wrong every time, or the first text that can be read would begin the town.
    const pairs = form.fields.map(({ name }, at): readonly [string, string] => [
      name,
      name === "prefix" ? `${text}1` : at % 2 === 0 ? text : "",
    ]);
    const response = await door.post(form.action, pairs);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const answer = { status: response.status, bytes, text: new TextDecoder().decode(bytes) };
    if (answer.status === 413) continue; // ten thousand lines in every second field are too much to be read
    const fault = whatIsWrong(answer) ?? (answer.status === 422 ? whatIsLost(answer, form, pairs) : `answers ${answer.status}`);
    if (fault !== null) wrong.push(`${what}: ${fault}`);
  }
  assert.deepEqual(wrong, []);
  const done = await door.post(form.action, {
    ...FIRST_TOWN,
    unit: UNKIND["a skin tone"] ?? "",
    office_name: UNKIND["a decomposed letter"] ?? "",
  });
  assert.equal(done.status, 200);
  const kept = await keptIn(town);
  for (const what of ["a skin tone", "a decomposed letter"]) assert.ok(kept.has(keptWords(UNKIND[what] ?? "")), what);
  for (const [text, at] of kept) assert.equal(keptWords(text), text, at);
});
