import { sql } from "kysely";
import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { FIRST_ISSUE, parseReceiptCode, receiptHash } from "./receipt-code.ts";
import { sealedWithReceipt } from "./sealed-reports.ts";

/** What a slip is the receipt of: the problem, and the objection to its closing; null where it is a "me too". */
export type Slip = {
  readonly id: string;
  readonly givenAt: Date;
  readonly problem: string;
  readonly number: string;
  readonly objection: SlipObjection | null;
};

type SlipObjection = {
  readonly reason: string;
  readonly raisedAt: Date;
  /** By which day the town answers it; null until the calendar that it needs arrives. */
  readonly dueOn: Day | null;
  readonly decision: "upheld" | "rejected" | null;
  readonly decisionReason: string;
  readonly decidedAt: Date | null;
};

export async function findSlip(town: Town, id: string): Promise<Slip | null> {
  const row = await town.db
    .selectFrom("intake.slip as s")
    .innerJoin("ledger.problem as p", (join) => join.onRef("p.town", "=", "s.town").onRef("p.id", "=", "s.problem"))
    .leftJoin("verification.objection as o", (join) => join.onRef("o.town", "=", "s.town").onRef("o.id", "=", "s.objection"))
    .select(["s.id", "s.given_at as givenAt", "s.problem", "p.number", "o.reason", "o.raised_at as raisedAt", "o.due_on as dueOn"])
    .select(["o.decision", "o.decision_reason as decisionReason", "o.decided_at as decidedAt"])
    .where("s.town", "=", town.id)
    .where("s.id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { givenAt, problem, number, reason, raisedAt, dueOn, decision, decidedAt } = row;
  const decisionReason = row.decisionReason ?? "";
  const objection = reason === null || raisedAt === null ? null : { reason, raisedAt, dueOn, decision, decisionReason, decidedAt };
  return { id, givenAt, problem, number, objection };
}

/** What a receipt code belongs to, a report or a slip, and which issue of its receipt it is. */
export type Coded = { readonly kind: "report" | "slip"; readonly id: string; readonly issue: number };

/** `diedAt`: when the receipt was lost and made anew, since which this code opens nothing. */
export type Found = Coded & { readonly diedAt: Date | null };

/** By the code as a person typed it; null when it is none of this town's. Wrong, dead or right, of whichever kind: it costs one look. */
export async function findCoded(town: Town, typed: string): Promise<Found | null> {
  const code = parseReceiptCode(typed);
  if (code === null) return null;
  const hash = receiptHash(town.keys, code);
  const found = await reportWithReceipt(town, hash)
    .unionAll(slipWithReceipt(town, hash))
    .unionAll(sealedWithReceipt(town, hash).select(FIRST_AND_ALIVE))
    .unionAll(deadReceipt(town, hash))
    .executeTakeFirst();
  return found ?? null;
}

const ALIVE = sql<Date | null>`null::timestamptz`.as("diedAt");
const FIRST_AND_ALIVE = [sql<number>`${FIRST_ISSUE}::integer`.as("issue"), ALIVE] as const;

function reportWithReceipt(town: Town, hash: Buffer) {
  return town.db
    .selectFrom("intake.report as r")
    .select((eb) => [eb.val<Coded["kind"]>("report").as("kind"), "r.id"])
    .select((eb) => [
      eb
        .selectFrom("intake.reissue as n")
        .select((eb) => eb.fn.coalesce(eb.fn.max("n.issue"), eb.lit(FIRST_ISSUE)).as("issue"))
        .whereRef("n.town", "=", "r.town")
        .whereRef("n.report", "=", "r.id")
        .$asScalar()
        .$notNull()
        .as("issue"),
      ALIVE,
    ])
    .where("r.town", "=", town.id)
    .where("r.receipt_hash", "=", hash);
}

function slipWithReceipt(town: Town, hash: Buffer) {
  return town.db
    .selectFrom("intake.slip")
    .select((eb) => [eb.val<Coded["kind"]>("slip").as("kind"), "id"])
    .select(FIRST_AND_ALIVE)
    .where("town", "=", town.id)
    .where("receipt_hash", "=", hash);
}

function deadReceipt(town: Town, hash: Buffer) {
  return town.db
    .selectFrom("intake.reissue")
    .select((eb) => [eb.val<Coded["kind"]>("report").as("kind"), "report as id", "issue"])
    .select((eb) => eb.ref("reissued_at").$castTo<Date | null>().as("diedAt"))
    .where("town", "=", town.id)
    .where("dead_hash", "=", hash);
}
