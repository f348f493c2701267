import { SYSTEM } from "#audit/append-event";
import { batchAfterBatch, eachByItself } from "#platform/each-by-itself";
import { takeInOrder } from "#platform/lock-order";
import { transact, type Town } from "#platform/town";
import { appendEvent } from "./events.ts";

const AT_ONCE = 500;

/**
 * Says of every report whose limit has passed without an answer that it is overdue, each once and by itself; of those that were answered
 * late and nobody had said it, too. Returns how many.
 */
export async function tellOverdue(town: Town, at: Date): Promise<number> {
  const late = batchAfterBatch<Late>(AT_ONCE, (after) => untold(town, at, after));
  return eachByItself(late, "say that replies are overdue", ({ id }) => transact(town, (town) => tellLate(town, at, id)));
}

type Late = { readonly id: string; readonly due: Date | null };

function untold(town: Town, at: Date, after: Late | null): Promise<readonly Late[]> {
  return town.db
    .selectFrom("intake.report")
    .select(["id", "first_reply_due_at as due"])
    .where("town", "=", town.id)
    .where("overdue_at", "is", null)
    .where((eb) => eb.or([eb("status", "=", "received"), eb("first_answered_at", ">", eb.ref("first_reply_due_at"))]))
    .where("first_reply_due_at", "<", at)
    .$if(after !== null, (late) =>
      late.where((eb) => eb(eb.refTuple("first_reply_due_at", "id"), ">", eb.tuple(after?.due ?? null, after?.id ?? ""))),
    )
    .orderBy("first_reply_due_at")
    .orderBy("id")
    .limit(AT_ONCE)
    .execute();
}

/** Says it of this one if it is so and was not said, within the caller's transaction: an answer that comes now is late. */
export async function tellLate(town: Town, at: Date, report: string): Promise<boolean> {
  takeInOrder("report");
  const late = await town.db
    .updateTable("intake.report")
    .set({ overdue_at: at })
    .where("town", "=", town.id)
    .where("id", "=", report)
    .where("overdue_at", "is", null)
    .where("first_reply_due_at", "<", at)
    .where((eb) => eb.or([eb("status", "=", "received"), eb("first_answered_at", ">", eb.ref("first_reply_due_at"))]))
    .returning("id")
    .executeTakeFirst();
  if (late !== undefined) await appendEvent(town, SYSTEM, at, { verb: "report.overdue", subject: { kind: "report", id: report } });
  return late !== undefined;
}
