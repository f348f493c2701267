import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { serve } from "@hono/node-server";
import { SYSTEM } from "#audit/append-event";
import { addWitness } from "#proof/add-witness";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { newestCheckpoint, newestCosignatures } from "#proof/queries";
import { watchLog } from "#proof/watch-log";
import { cosignedAt, witnessSigner } from "#standards/tlog/cosignature";
import { composeDoors } from "#main/doors";
import { asScribe } from "#test/notary";
import { aProgram } from "#test/door";
import { AT, aTown } from "#test/town";
import { askWitnesses } from "./ask-witnesses.ts";

const vkeyOfNobody = witnessSigner("nobody.example/witness", Buffer.alloc(32, 3)).vkey;

test("a neighbouring town cosigns our checkpoints over the network, one after the other", async (t) => {
  const [ours, neighbours] = [await aTown(t), await aTown(t, { id: "linzhen" })];
  const { program } = aProgram(neighbours.town);
  const house = aProgram(ours.town).program;
  await nameLog(ours.town, house.notary, new URL("https://shili.example"));
  const vkey = (await house.notary.logSigner(ours.town.id))?.vkey ?? "";
  await program.notary.makeKey("linzhen", "witness", "linzhen.example/witness");
  const server = serve({ fetch: (request, env) => composeDoors(program).fetch(request, env), port: 0, hostname: "127.0.0.1" });
  t.after(() => server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const witness = (await program.notary.witnessSigner("linzhen"))?.vkey ?? "";
  await addWitness(ours.town, SYSTEM, AT, { vkey: witness, url: `http://127.0.0.1:${port}/witness` });
  await integrateEvents(ours.town, asScribe(house.notary), AT);

  await askWitnesses(ours.town, AT, new AbortController().signal);
  const failed = await ours.town.db.selectFrom("proof.witness").select("failure").executeTakeFirstOrThrow();
  assert.match(failed.failure ?? "", /^404 this witness does not know that log/);

  await watchLog(neighbours.town, SYSTEM, AT, { vkey });
  await askWitnesses(ours.town, AT, new AbortController().signal);
  const first = await newestCheckpoint(ours.town);
  assert.equal(cosignedAt(first?.note ?? "", witness), AT.getTime() / 1000);

  await addWitness(ours.town, SYSTEM, AT, { vkey: vkeyOfNobody, url: "http://127.0.0.1:9/witness" });
  await integrateEvents(ours.town, asScribe(house.notary), AT);
  await askWitnesses(ours.town, AT, new AbortController().signal);
  const second = await newestCheckpoint(ours.town);
  assert.deepEqual([first?.size, second?.size], [1, 2]);
  assert.deepEqual(
    (await newestCosignatures(ours.town)).map(({ witness: name, size }) => [name, size]),
    [["linzhen.example/witness", 2]],
    "one that does not answer keeps nobody else from it",
  );
});
