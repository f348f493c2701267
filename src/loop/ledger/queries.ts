import type { Position } from "#standards/geo/position";
import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";

/** What one side decided about what the other asked; all null while it waits. */
type Decided<Decision extends string> = {
  readonly decision: Decision | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
};

export type Assignment = {
  readonly id: string;
  readonly leaders: readonly string[];
  readonly unit: string;
  readonly measures: readonly string[];
  readonly goal: string;
  /** Null where it waits for the calendar. */
  readonly dueOn: Day | null;
  readonly assignedBy: string;
  readonly assignedAt: Date;
  /** Empty for an assignment, why for a hand-over. */
  readonly reason: string;
};

/** Purposes of the files that a problem shows. */
const STAGES = ["before", "during", "after"] as const;
type Stage = (typeof STAGES)[number];

export type Evidence = {
  readonly sha256: string;
  /** Its own, or that of the copy with parts blacked out that stands in its place. */
  readonly shownSha256: string;
  readonly thumbnailSha256: string | null;
  readonly stage: Stage;
  readonly caption: string;
  readonly addedAt: Date;
  readonly redacted: boolean;
};

export type Extension = Decided<"granted" | "refused"> & {
  readonly id: string;
  readonly fromDueOn: Day;
  readonly newDueOn: Day;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Date;
};

export type Suspension = Decided<"approved" | "refused"> & {
  readonly id: string;
  readonly reason: string;
  readonly resumeOn: Day;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly endedAt: Date | null;
};

export type Dismissal = Decided<"confirmed" | "refused"> & {
  readonly id: string;
  readonly ground: "untrue" | "not_ours" | "already_done";
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
};

/** Everything that was done and asked about one problem, oldest first; each list holds its latest 200. */
export type Work = {
  readonly assignments: readonly Assignment[];
  readonly progress: readonly { readonly id: string; readonly note: string; readonly recordedBy: string; readonly recordedAt: Date }[];
  readonly evidence: readonly Evidence[];
  readonly rectifications: readonly {
    readonly id: string;
    readonly done: string;
    readonly undone: string;
    readonly declaredBy: string;
    readonly declaredAt: Date;
  }[];
  readonly extensions: readonly Extension[];
  readonly suspensions: readonly Suspension[];
  readonly dismissals: readonly Dismissal[];
  readonly reminders: readonly { readonly id: string; readonly note: string; readonly sentBy: string; readonly sentAt: Date }[];
  readonly reports: readonly {
    readonly report: string;
    readonly channel: string;
    readonly joinedAt: Date;
    readonly withdrawn: boolean;
  }[];
};

const MOST = 200;
const DECIDED = ["decision", "decided_by as decidedBy", "decided_at as decidedAt", "decision_reason as decisionReason"] as const;

export async function findProblemId(town: Town, number: string): Promise<string | null> {
  const row = await town.db
    .selectFrom("ledger.problem")
    .select("id")
    .where("town", "=", town.id)
    .where("number", "=", number)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function readWork(town: Town, problem: string): Promise<Work> {
  return {
    assignments: await readAssignments(town, problem),
    progress: await readProgress(town, problem),
    evidence: await readEvidence(town, problem),
    rectifications: await readRectifications(town, problem),
    extensions: await readExtensions(town, problem),
    suspensions: await readSuspensions(town, problem),
    dismissals: await readDismissals(town, problem),
    reminders: await readReminders(town, problem),
    reports: await readReports(town, problem),
  };
}

/** Where the problem is on the map; null when nobody said. */
export async function findPosition(town: Town, problem: string): Promise<Position | null> {
  const row = await town.db
    .selectFrom("ledger.problem")
    .select(["lon", "lat"])
    .where("town", "=", town.id)
    .where("id", "=", problem)
    .executeTakeFirst();
  return row === undefined || row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat };
}

async function readAssignments(town: Town, problem: string): Promise<readonly Assignment[]> {
  const rows = await town.db
    .selectFrom("ledger.assignment")
    .select([
      "id",
      "leaders",
      "unit",
      "measures",
      "goal",
      "due_on as dueOn",
      "assigned_by as assignedBy",
      "assigned_at as assignedAt",
      "reason",
    ])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .orderBy("id", "desc")
    .limit(MOST)
    .execute();
  return rows.toReversed();
}

async function readProgress(town: Town, problem: string): Promise<Work["progress"]> {
  const rows = await town.db
    .selectFrom("ledger.progress")
    .select(["id", "note", "recorded_by as recordedBy", "recorded_at as recordedAt"])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .orderBy("id", "desc")
    .limit(MOST)
    .execute();
  return rows.toReversed();
}

async function readEvidence(town: Town, problem: string): Promise<readonly Evidence[]> {
  const rows = await town.db
    .selectFrom("evidence.use as u")
    .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "u.town").onRef("r.sha256", "=", "u.file"))
    .innerJoin("evidence.file as f", (join) =>
      join.onRef("f.town", "=", "u.town").on((eb) => eb("f.sha256", "=", eb.fn.coalesce("r.replaced_by", "u.file"))),
    )
    .select([
      "u.file as sha256",
      "f.sha256 as shownSha256",
      "f.thumbnail_sha256 as thumbnailSha256",
      "u.purpose as stage",
      "u.caption",
      "u.used_at as addedAt",
    ])
    .select((eb) => eb.and([eb("r.sha256", "is not", null), eb("r.replaced_by", "is", null)]).as("withdrawn"))
    .where("u.town", "=", town.id)
    .where("u.subject", "=", problem)
    .where("u.purpose", "in", STAGES)
    .where("u.ended_at", "is", null)
    .orderBy("u.id", "desc")
    .limit(MOST)
    .$narrowType<{ stage: Stage }>()
    .execute();
  return rows.toReversed().map(({ withdrawn, ...row }) => ({ ...row, redacted: withdrawn === true }));
}

async function readRectifications(town: Town, problem: string): Promise<Work["rectifications"]> {
  const rows = await town.db
    .selectFrom("ledger.rectification")
    .select(["id", "done", "undone", "declared_by as declaredBy", "declared_at as declaredAt"])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .orderBy("id", "desc")
    .limit(MOST)
    .execute();
  return rows.toReversed();
}

async function readExtensions(town: Town, problem: string): Promise<readonly Extension[]> {
  const rows = await town.db
    .selectFrom("ledger.extension")
    .select([
      "id",
      "from_due_on as fromDueOn",
      "new_due_on as newDueOn",
      "reason",
      "asked_by as askedBy",
      "asked_at as askedAt",
      ...DECIDED,
    ])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .orderBy("id", "desc")
    .limit(MOST)
    .execute();
  return rows.toReversed();
}

async function readSuspensions(town: Town, problem: string): Promise<readonly Suspension[]> {
  const rows = await town.db
    .selectFrom("ledger.suspension")
    .select(["id", "reason", "resume_on as resumeOn", "asked_by as askedBy", "asked_at as askedAt", "ended_at as endedAt", ...DECIDED])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .orderBy("id", "desc")
    .limit(MOST)
    .execute();
  return rows.toReversed();
}

async function readDismissals(town: Town, problem: string): Promise<readonly Dismissal[]> {
  const rows = await town.db
    .selectFrom("ledger.dismissal")
    .select(["id", "ground", "reason", "proposed_by as proposedBy", "proposed_at as proposedAt", ...DECIDED])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .orderBy("id", "desc")
    .limit(MOST)
    .execute();
  return rows.toReversed();
}

async function readReminders(town: Town, problem: string): Promise<Work["reminders"]> {
  const rows = await town.db
    .selectFrom("ledger.reminder")
    .select(["id", "note", "sent_by as sentBy", "sent_at as sentAt"])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .orderBy("id", "desc")
    .limit(MOST)
    .execute();
  return rows.toReversed();
}

async function readReports(town: Town, problem: string): Promise<Work["reports"]> {
  const rows = await town.db
    .selectFrom("ledger.joined_report")
    .select(["report", "channel", "joined_at as joinedAt", "withdrawn_at"])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .where("separated_at", "is", null)
    .orderBy("joined_at", "desc")
    .orderBy("report")
    .limit(MOST)
    .execute();
  return rows.toReversed().map(({ withdrawn_at, ...row }) => ({ ...row, withdrawn: withdrawn_at !== null }));
}
