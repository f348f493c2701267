import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { z } from "zod";
import { parseJson } from "#doors/body";
import type { Entered } from "#doors/enter";
import { receiptCode, showReceiptCode } from "#intake/receipt-code";
import { receiveReport, type Received } from "#intake/receive-report";
import { hmac } from "#platform/hmac";
import { isId } from "#platform/ids";
import { once } from "#platform/once";
import type { Keys, Town } from "#platform/town";
import type { Directory } from "#publication/directory";
import type { RememberedTowns } from "#publication/remembered-towns";
import { Refusal, type RefusalCode } from "#refusals";
import { wordsIn } from "#words/words";
import type { ApiHouse } from "./house.ts";
import { fieldErrors, isJson, langOf, problemDocument } from "./problem-document.ts";
import { keyHolderOf } from "./key-holder-of.ts";
import { ReportSent, type ReportReceived } from "./shapes.ts";

const LONGEST_KEY = 255;
/** A key at least this long (a UUID without its dashes) is taken for one that only its sender knows. */
const UNGUESSABLE = 32;

/**
 * Receives a report and answers with its receipt once it is on disk. An Idempotency-Key makes a retry find the receipt of
 * the first sending; the key's row and the report commit together. Without one every sending is a report of its own.
 */
export async function sendReport(house: ApiHouse, town: Town, towns: RememberedTowns, context: Context<Entered>): Promise<Response> {
  if (!isJson(context)) return problemDocument(context, 415, "media-type");
  const key = context.req.header("idempotency-key");
  if (key !== undefined && !isKey(key)) {
    const detail = wordsIn(langOf(context)).api.fields["key/impossible"];
    return problemDocument(context, 422, "fields", { errors: [{ parameter: "Idempotency-Key", code: "field/wrong-kind", detail }] });
  }
  const { body, bounds } = context.get("entry");
  const bytes = await body();
  const parsed = ReportSent.safeParse(parseJson(bytes, bounds));
  if (!parsed.success) return problemDocument(context, 422, "fields", { errors: fieldErrors(langOf(context), "pointer", parsed.error) });
  const { category: asked } = parsed.data;
  const category = asked === "" || isId(asked) ? asked : await codeToId(town, towns, asked);
  if (category === null) return refusedField(context, "category/unknown");
  const at = house.now();
  const holder = await keyHolderOf(house, town, context, at);
  if (holder instanceof Response) return holder;
  const sentBy = holder === null ? { channel: "web" as const } : { channel: holder.channel, sender: holder.actor };
  const what = { ...parsed.data, ...sentBy, category: category === "" ? null : category, photos: [], device: "" };
  try {
    const received =
      key === undefined
        ? await receiveReport(town, null, at, what)
        : await receiveOnce(town, at, { key, from: holder?.actor.id ?? house.addressOf(context), body: bytes }, (town) =>
            receiveReport(town, null, at, what),
          );
    return received === null
      ? problemDocument(context, 409, "key-reused", { code: "idempotency-key/reused" })
      : acknowledge(context, received);
  } catch (error) {
    if (error instanceof Refusal && isOfField(error.code)) return refusedField(context, error.code);
    throw error;
  }
}

type Sending = { readonly key: string; readonly from: string; readonly body: Uint8Array };

/**
 * An Idempotency-Key is its sender's, known by their own key, else by the address block: somebody else's use of it stands in nobody's
 * way. A phone that changed its address between two tries is the same sender when key and body agree, and the key is one that nobody
 * guesses.
 * Null when this sender's key stands for another body.
 */
async function receiveOnce(town: Town, at: Date, sending: Sending, receive: (town: Town) => Promise<Received>): Promise<Received | null> {
  const { key, from } = sending;
  const sha256 = createHash("sha256").update(sending.body).digest("base64url");
  const fresh: Received[] = [];
  const report = async (town: Town) => {
    const received = await receive(town);
    fresh.push(received);
    return received.report;
  };
  const outcome = await once(town, "api/reports", at, keyId(town.keys, `${from} ${key}`), async (town) => {
    const kept =
      key.length < UNGUESSABLE ? report(town) : once(town, "api/reports/moved", at, keyId(town.keys, `${sha256} ${key}`), report);
    return `${await kept} ${sha256}`;
  });
  const [id = "", first = ""] = outcome.split(" ");
  if (first !== sha256) return null;
  return fresh[0] ?? { report: id, code: receiptCode(town.keys, id), folded: true };
}

function acknowledge(context: Context, { code, folded }: Received): Response {
  const received: z.output<typeof ReportReceived> = { receipt: showReceiptCode(code), folded, track: "/track" };
  return context.json(received, folded ? 200 : 201, { "cache-control": "no-store" });
}

function refusedField(context: Context, code: "category/unknown" | "village/unknown"): Response {
  const detail = wordsIn(langOf(context)).refusals.codes[code];
  return problemDocument(context, 422, "fields", {
    code,
    errors: [{ pointer: code === "category/unknown" ? "/category" : "/village", code, detail }],
  });
}

function isOfField(code: RefusalCode): code is "category/unknown" | "village/unknown" {
  return code === "category/unknown" || code === "village/unknown";
}

/** Codes change so seldom that memory is asked first; whether the category still stands is asked where the report is kept. */
async function codeToId(town: Town, towns: RememberedTowns, code: string): Promise<string | null> {
  return idIn(await towns.remembered(town), code) ?? idIn(await towns.names(town), code);
}

function idIn(names: Directory, code: string): string | null {
  for (const category of names.categories.values()) if (category.code === code && !category.retired) return category.id;
  return null;
}

function isKey(key: string): boolean {
  return key.length <= LONGEST_KEY && /^[\x21-\x7e]+$/.test(key);
}

/** A UUIDv8 (RFC 9562 §5.8) of the caller's key: nothing of the key itself is kept. */
function keyId(keys: Keys, key: string): string {
  const bytes = hmac(keys.for("device"), `idempotency/${key}`).subarray(0, 16);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
