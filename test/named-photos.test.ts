import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#platform/ids";
import { aPhoto } from "./desk.ts";
import { drawn, formsAt, pagesOf, routeOf, type Page } from "./every-form.ts";
import { anOpenHouse, type OpenHouse } from "./open-house.ts";
import { AT } from "./town.ts";
import { kindly, NOT_FED, send } from "./unkind-forms.ts";

/** Photos that are somebody's and not this sender's to use: of a report, waiting in a draft, sent for a problem by another officer. */
async function photosOfOthers(house: OpenHouse): Promise<readonly string[]> {
  const { id } = await house.town.db.selectFrom("ledger.problem").select("id").orderBy("ordinal").executeTakeFirstOrThrow();
  return [
    ...house.photos,
    await aPhoto(house, { kind: "draft", id: newId(AT) }),
    await aPhoto(house, { kind: "problem", id }, house.cast.sunTian.id),
  ];
}

test("whatever form of the house names a photo that is not its sender's to use, nobody comes to see it by that", async (t) => {
  const house = await anOpenHouse(t);
  const strange = await photosOfOthers(house);
  const fed = new Set<string>();
  // The inbox first, while nothing that its forms name is retired by another.
  const isInbox = ({ path }: Page) => path.startsWith("/office/inbox/");
  for (const page of (await pagesOf(house)).toSorted((one, other) => Number(isInbox(other)) - Number(isInbox(one))))
    for (const [shown, form] of await formsAt(page, () => true)) {
      const route = routeOf(form);
      const now = route === null || NOT_FED[route] !== undefined || form.method !== "post" ? null : await drawn(shown, form);
      if (route === null || now === null) continue;
      const pairs = await kindly({ house, page: shown, form: now, route });
      await send({ page: shown, form: now }, [...pairs, ...strange.map((sha256) => ["photos", sha256] as const)]);
      fed.add(route);
    }
  const said = { title: "路灯不亮", category: house.categories.complaint, photos: strange };
  const headers = { "content-type": "application/json" };
  await house.ask("/api/v1/reports", { method: "POST", headers, body: JSON.stringify(said) });
  assert.ok(fed.size > 60, `only ${fed.size} forms were found`);
  const uses = await house.town.db.selectFrom("evidence.use").select(["file", "purpose"]).where("file", "in", strange).execute();
  assert.deepEqual(
    uses.map(({ file, purpose }) => `${purpose} ${house.photos.indexOf(file)}`),
    house.photos.map((_, i) => `report ${i}`),
    "each is used for what its sender sent it for",
  );
  for (const sha256 of strange) assert.equal((await house.ask(`/files/${sha256}`)).status, 404);
  const made = await house.town.db.selectFrom("evidence.use").select("file").where("purpose", "=", "after").execute();
  const own = made.map(({ file }) => file).filter((file) => !strange.includes(file));
  assert.ok(own.length > 0, "photos that their officers send with these forms come to be shown");
});
