import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { pino } from "pino";
import { z } from "zod";
import { openLimits } from "#doors/limits";
import { composeDoors } from "#main/doors";
import { newId } from "#platform/ids";
import { aNotary } from "./notary.ts";
import { aTown, AT, testKeys } from "./town.ts";

export async function anApi(t: TestContext) {
  const here = await aTown(t);
  const logged: string[] = [];
  const limits = openLimits();
  const house = {
    db: here.town.db,
    keys: testKeys(),
    blobs: here.town.blobs,
    callGateway: null,
    identityProvider: null,
    trustedProxies: ["127.0.0.0/8", "::1"],
    notary: aNotary(),
    log: pino({}, { write: (line: string) => logged.push(line) }),
    now: () => AT,
    origin: new URL("http://localhost:3000"),
    isSetUpToken: () => false,
    isReady: () => Promise.resolve(true),
  };
  const doors = composeDoors(house, limits);
  const ask = async (path: string, init: RequestInit = {}) => doors.fetch(new Request(`http://localhost:3000${path}`, init));
  const document: unknown = await (await ask("/api/v1/openapi.json")).json();
  return { ...here, ask, document, limits, logged };
}

export type Api = Awaited<ReturnType<typeof anApi>>;

export async function openOne({ town, categories, themes, campaign, units, cast, villages }: Api, sequence: number, title: string) {
  const number = `SL-2026-${String(sequence).padStart(4, "0")}`;
  await town.db
    .insertInto("ledger.problem")
    .values({
      town: town.id,
      id: newId(AT),
      number,
      ordinal: 20_260_000_000 + sequence,
      status: "assigned",
      title,
      category: categories.help,
      theme: themes.nature,
      campaign,
      leaders: [cast.liHe.id],
      unit: units.ecology,
      village: villages.dongtang,
      due_on: "2026-08-10",
      original_due_on: "2026-08-10",
      amber_on: "2026-08-05",
      measures: ["换灯", "巡查"],
      measures_done: [0],
      goal: "夜里亮着",
      opened_at: AT,
      opened_on: "2026-07-28",
      search_text: `${number.toLowerCase()}\n${title}`,
    })
    .execute();
  return number;
}

/** Reads an answer and holds it against the schema that the OpenAPI document promises for it. */
export async function promised(door: Api, operation: string, response: Response): Promise<Record<string, unknown>> {
  const Document = z.object({
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          operationId: z.string(),
          responses: z.record(
            z.string(),
            z.object({ content: z.record(z.string(), z.object({ schema: z.object({ $ref: z.string() }) })) }),
          ),
        }),
      ),
    ),
    components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  });
  const document = Document.parse(door.document);
  const found = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .find((one) => one.operationId === operation);
  const content = found?.responses[String(response.status)]?.content;
  assert.ok(content !== undefined, `${operation} does not promise ${response.status}`);
  const mediaType = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  const name = content[mediaType]?.schema.$ref.split("/").at(-1) ?? "";
  const schema = document.components.schemas[name];
  assert.ok(schema !== undefined, `${operation} does not promise ${mediaType}`);
  const body: unknown = await response.json();
  const checked = z.fromJSONSchema(schema).safeParse(body);
  assert.ok(checked.success, checked.success ? "" : z.prettifyError(checked.error));
  return z.record(z.string(), z.unknown()).parse(body);
}

export const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body: typeof body === "string" ? body : JSON.stringify(body),
});
