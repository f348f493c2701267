import assert from "node:assert/strict";
import { test } from "node:test";
import { SYSTEM } from "#audit/append-event";
import { API_ROUTES } from "#doors/api/routes";
import { ReportSent } from "#doors/api/shapes";
import { openLimits } from "#doors/limits";
import { LOG_ROUTES } from "#doors/log/routes";
import { composeDoors } from "#main/doors";
import { keptWords } from "#platform/characters";
import { watchLog } from "#proof/watch-log";
import { formatCheckpoint } from "#standards/tlog/checkpoint";
import { logSigner } from "#standards/tlog/signer";
import { formatAddCheckpoint } from "#standards/tlog/witness-request";
import { aProgram } from "./door.ts";
import { anOpenHouse } from "./open-house.ts";
import { AT, aTown } from "./town.ts";
import { UNKIND } from "./unkind.ts";
import { keptIn, STRIDE, TEXTS, whatIsWrong } from "./unkind-answers.ts";

test("a program is told in these ways, and there is no other", () => {
  const takers = Object.keys({ ...API_ROUTES, ...LOG_ROUTES }).filter((name) => name.startsWith("POST "));
  assert.deepEqual(takers, ["POST /api/v1/reports", "POST /api/v1/receipts", "POST /witness/add-checkpoint"]);
});

test("a program is told which member is wrong, or its report is kept as it is read", async (t) => {
  const house = await anOpenHouse(t, 0);
  const members = Object.keys(ReportSent.shape);
  const wrong: string[] = [];
  for (const [i, [what, text]] of TEXTS.entries()) {
    const sent = { title: text, details: text, place: text, name: text, category: "complaint" };
    const member = members[i % members.length] ?? "title";
    for (const body of [sent, { title: "路灯不亮", category: "complaint", [member]: text }]) {
      const answer = await house.ask("/api/v1/reports", {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
      const fault = whatIsWrong(answer);
      if (fault !== null) wrong.push(`${Object.keys(body).join()} with ${what}: ${fault}`);
      else if (![201, 413].includes(answer.status) && !/"pointer":"\//.test(answer.text))
        wrong.push(`${what}: ${answer.status} ${answer.text}`);
    }
  }
  assert.deepEqual(wrong, []);
  const kept = await keptIn(house.town);
  for (const [text, at] of kept) assert.equal(keptWords(text), text, at);
  for (const what of ["a family of four", "a decomposed letter", "right to left", "HTML", "a template", "SQL"])
    assert.ok(kept.has(keptWords(UNKIND[what] ?? "")), what);
});

test("whatever is shown as a receipt code opens nothing and is answered", async (t) => {
  const house = await anOpenHouse(t, 0);
  const wrong: string[] = [];
  for (const [what, text] of TEXTS) {
    const answer = await house.ask("/api/v1/receipts", {
      method: "POST",
      body: JSON.stringify({ code: text }),
      headers: { "content-type": "application/json" },
    });
    const fault = whatIsWrong(answer);
    if (fault !== null) wrong.push(`${what}: ${fault}`);
    else if (![404, 413, 422, 429].includes(answer.status)) wrong.push(`${what}: ${answer.status} ${answer.text}`);
  }
  assert.deepEqual(wrong, []);
});

test("whatever is searched for or asked for by an address is answered", async (t) => {
  const house = await anOpenHouse(t, 0);
  const wrong: string[] = [];
  for (const [i, [what, text]] of TEXTS.entries()) {
    const q = new URLSearchParams({ q: text.slice(0, 2000) });
    const everything = new URLSearchParams(
      ["q", "before", "status", "light", "unit", "village", "limit", "number", "from", "to", "verb", "officer", "done", "act"].map(
        (name): [string, string] => [name, text.slice(0, 300)],
      ),
    );
    const inTurn = [
      `/office/ledger?${q}`,
      `/api/v1/problems?${q}`,
      `/ledger?${everything}`,
      `/office/log?${everything}`,
      `/office/inbox?${everything}`,
      ...["/ledger", "/log/opening", "/log/problem", "/log/consistency", "/log/receipt/problem"].map(
        (under) => `${under}/${encodeURIComponent(text.slice(0, 300).toWellFormed())}`,
      ),
    ];
    for (const path of [`/ledger?${q}`, ...inTurn.filter((_, turn) => STRIDE === 1 || turn === i % inTurn.length)]) {
      const fault = whatIsWrong(await house.ask(path));
      if (fault !== null) wrong.push(`${path.slice(0, 60)} with ${what}: ${fault}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("whatever another town's log sends to our witness, it is told what is wrong, and what is right is cosigned", async (t) => {
  const { town } = await aTown(t);
  const { program } = aProgram(town);
  const doors = composeDoors(program, openLimits());
  await program.notary.makeKey(town.id, "witness", "shili.example/witness");
  const log = logSigner("linzhen.example/log", Buffer.alloc(32, 5));
  await watchLog(town, SYSTEM, AT, { vkey: log.vkey });
  const note = formatCheckpoint({ origin: log.name, size: 1, root: Buffer.alloc(32, 1) });
  const body = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: `${note}\n${log.sign(note)}\n` });
  const post = async (body: string) => {
    const response = await doors.fetch(new Request("http://localhost/witness/add-checkpoint", { method: "POST", body }));
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, bytes, text: new TextDecoder().decode(bytes) };
  };
  const lines = body.split("\n");
  const wrong: string[] = [];
  for (const [i, [what, text]] of TEXTS.entries()) {
    const broken = lines.with(i % lines.length, text).join("\n");
    for (const sent of [text, `old ${text}\n\n${note}`, broken === body ? text : broken]) {
      const answer = await post(sent);
      const fault = whatIsWrong(answer) ?? ([400, 403, 404, 409, 413, 422].includes(answer.status) ? null : `answers ${answer.status}`);
      if (fault !== null) wrong.push(`${what}: ${fault}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual([(await post(body)).status, (await post(body)).status], [200, 409]);
});
