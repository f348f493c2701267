import { addDays, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { Refusal, type RefusalCode } from "#refusals";
import { readCalendar } from "#limits/calendar";
import type { Category } from "#limits/category";
import { latestDueOn, latestExtensionOn } from "#limits/deadline";
import type { Calendar, Reach } from "#standards/workdays/workdays";
import type { Problem } from "./problem.ts";

/** What the due day of one problem is measured by. */
export type Timing = {
  readonly category: Pick<Category, "limitUnit" | "finishLimit" | "extensionLimit">;
  /** Within so many days of its assignment the problem's campaign wants it done; null where none says so. */
  readonly campaignDays: number | null;
  readonly calendar: Calendar;
};

export async function readTiming(town: Town, problem: Pick<Problem, "category" | "campaign">): Promise<Timing> {
  const category = await town.db
    .selectFrom("limits.category")
    .select(["limit_unit as limitUnit", "finish_limit as finishLimit", "extension_limit as extensionLimit"])
    .where("town", "=", town.id)
    .where("id", "=", problem.category)
    .executeTakeFirstOrThrow();
  const campaign =
    problem.campaign === null
      ? undefined
      : await town.db
          .selectFrom("ledger.campaign")
          .select("finish_days")
          .where("town", "=", town.id)
          .where("id", "=", problem.campaign)
          .executeTakeFirst();
  return { category, campaignDays: campaign?.finish_days ?? null, calendar: await readCalendar(town) };
}

/** What the last due day hangs on. */
type Limit = Pick<Timing, "campaignDays" | "calendar"> & { readonly category: Pick<Category, "limitUnit" | "finishLimit"> };

/** The last day a form may name, and the rule that says so: the category's limit, the campaign's earlier day, the limit of extensions. */
export type LastDay = Reach & { readonly by: "category" | "campaign" | "extension" };

/**
 * The last due day an assignment made on `from` may set: the category's limit, or an earlier day that the campaign wants. A campaign never
 * lengthens it, neither by its plan nor by its end (rules-of-the-ledger §3).
 */
export function latestDue({ category, campaignDays, calendar }: Limit, from: Day): LastDay {
  const limit = latestDueOn(category, calendar, from);
  const wanted = campaignDays === null ? null : addDays(from, campaignDays);
  return wanted !== null && wanted < limit.day ? { day: wanted, known: true, by: "campaign" } : { ...limit, by: "category" };
}

/** The last day an extension may reach: the category's extension limit beyond the present due day. */
export function latestExtension({ category, calendar }: Timing, dueOn: Day): LastDay {
  return { ...latestExtensionOn(category, calendar, dueOn), by: "extension" };
}

/** Why no later day can be granted at all: none is left between today and the last that an extension may reach. */
export function whyNotExtendable(dueOn: Day, today: Day, latest: Reach): RefusalCode | null {
  if (latest.day > dueOn && latest.day > today) return null;
  return latest.known ? "extension/no-day-left" : "due/beyond-calendar";
}

/** Every day that the limit certainly reaches is allowed; whether it reaches further, a calendar not yet published may still say. */
export function whyNotDueOn(dueOn: Day, today: Day, latest: Reach): RefusalCode | null {
  if (dueOn <= today) return "due/past";
  if (dueOn <= latest.day) return null;
  return latest.known ? "due/beyond-limit" : "due/beyond-calendar";
}

export function whyNotExtendTo(newDueOn: Day, dueOn: Day, today: Day, latest: Reach): RefusalCode | null {
  return newDueOn <= dueOn ? "due/not-later" : whyNotDueOn(newDueOn, today, latest);
}

/** The days of a problem that is being worked on. Its due day waits for the calendar: what is counted from it waits too. */
export function workedDays(problem: Problem): { readonly dueOn: Day; readonly assignedOn: Day } {
  const { dueOn, assignedOn } = problem;
  if (assignedOn === null) throw new Refusal("problem/wrong-status");
  if (dueOn === null) throw new Refusal("due/waits-for-calendar");
  return { dueOn, assignedOn };
}
