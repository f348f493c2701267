import { createHash, randomBytes } from "node:crypto";
import { HOUR_MS } from "#platform/instant";
import { isDiskFull } from "#platform/room";
import type { Town } from "#platform/town";
import { mustChange } from "./credential.ts";
import type { Duty, Officer } from "./officer.ts";

const SEEN_AGAIN_MS = 30_000;

/** Somebody at a browser who gave the right password. `next` says what stands between them and the office. */
export type Session = { readonly officer: Officer; readonly next: "code" | "password" | "open" };

/**
 * Begins a session and returns its token, which stands nowhere in the database. Sweeps the account's sessions that are over.
 * `boundSubject`: by which binding, when an identity provider vouched.
 */
export async function beginSession(
  town: Town,
  account: string,
  at: Date,
  open: boolean,
  boundSubject: string | null = null,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const { session_absolute_hours: hours } = await town.db
    .selectFrom("people.policy")
    .select("session_absolute_hours")
    .where("town", "=", town.id)
    .executeTakeFirstOrThrow();
  await town.db
    .deleteFrom("people.session")
    .where("town", "=", town.id)
    .where("account", "=", account)
    .where("begun_at", "<", new Date(at.getTime() - hours * HOUR_MS))
    .execute();
  await town.db
    .insertInto("people.session")
    .values({
      town: town.id,
      token_hash: hashOf(token),
      account,
      begun_at: at,
      last_seen_at: at,
      opened_at: open ? at : null,
      bound_subject: boundSubject,
    })
    .execute();
  return token;
}

/** The session of a token in this town, unless it was idle too long, is too old, was ended, or its officer's account is closed. */
export async function findSession(town: Pick<Town, "id" | "db">, token: string, at: Date): Promise<Session | null> {
  const row = await sessionRow(town, token);
  if (row === undefined) return null;
  const idleMs = at.getTime() - row.last_seen_at.getTime();
  if (idleMs > row.session_idle_minutes * 60_000) return null;
  if (at.getTime() - row.begun_at.getTime() > row.session_absolute_hours * HOUR_MS) return null;
  if (idleMs > SEEN_AGAIN_MS) await seen(town, token, at).catch(unlessDiskFull);
  const officer: Officer = { id: row.id, unit: row.unit, name: row.name, duties: new Set(row.duties ?? []) };
  if (row.opened_at === null) return { officer, next: "code" };
  return { officer, next: mustChooseFirst(row, at) ? "password" : "open" };
}

type Row = NonNullable<Awaited<ReturnType<typeof sessionRow>>>;

/** A password nobody needed to get in, because a provider vouched, need not be changed first; nor that of a demo town. */
function mustChooseFirst({ bound_subject, demo, id, set_at, set_by, password_days }: Row, at: Date): boolean {
  if (bound_subject !== null || set_at === null || demo) return false;
  return mustChange({ setAt: set_at, setBy: set_by }, id, password_days, at);
}

export async function endSession(town: Town, token: string): Promise<void> {
  await town.db.deleteFrom("people.session").where("town", "=", town.id).where("token_hash", "=", hashOf(token)).execute();
}

/** Ends every session of an account, but the one with `keeping` as its token. */
export async function endSessionsOf(town: Town, account: string, keeping?: string): Promise<void> {
  await town.db
    .deleteFrom("people.session")
    .where("town", "=", town.id)
    .where("account", "=", account)
    .$if(keeping !== undefined, (sessions) => sessions.where("token_hash", "<>", hashOf(keeping ?? "")))
    .execute();
}

async function sessionRow(town: Pick<Town, "id" | "db">, token: string) {
  return town.db
    .selectFrom("people.session as s")
    .innerJoin("people.officer as o", (join) => join.onRef("o.town", "=", "s.town").onRef("o.id", "=", "s.account"))
    .leftJoin("people.credential as c", (join) => join.onRef("c.town", "=", "s.town").onRef("c.account", "=", "s.account"))
    .innerJoin("people.town as t", "t.town", "s.town")
    .innerJoin("people.policy as p", "p.town", "s.town")
    .select([
      "o.id",
      "o.unit",
      "o.name",
      "s.begun_at",
      "s.last_seen_at",
      "s.opened_at",
      "s.bound_subject",
      "c.set_at",
      "c.set_by",
      "t.demo",
    ])
    .select(["p.session_idle_minutes", "p.session_absolute_hours", "p.password_days"])
    .select((eb) =>
      eb
        .selectFrom("people.duty as d")
        .select((eb) => eb.fn.agg<Duty[] | null>("array_agg", ["d.duty"]).as("duties"))
        .whereRef("d.town", "=", "s.town")
        .whereRef("d.officer", "=", "s.account")
        .where("d.revoked_at", "is", null)
        .as("duties"),
    )
    .where("s.town", "=", town.id)
    .where("s.token_hash", "=", hashOf(token))
    .where("o.disabled_at", "is", null)
    .executeTakeFirst();
}

async function seen(town: Pick<Town, "id" | "db">, token: string, at: Date): Promise<void> {
  await town.db
    .updateTable("people.session")
    .set({ last_seen_at: at })
    .where("town", "=", town.id)
    .where("token_hash", "=", hashOf(token))
    .execute();
}

/** Who was here before the disk was full may still read, until the session was idle for too long. */
function unlessDiskFull(error: unknown): void {
  if (!isDiskFull(error)) throw error;
}

export function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
