import { createHash, randomBytes } from "node:crypto";
import { newId } from "#platform/ids";
import { HOUR_MS } from "#platform/instant";
import { isDiskFull } from "#platform/room";
import type { Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import { accountOf, type Account } from "./account.ts";
import { mustChange } from "./credential.ts";
import type { Duty, Officer } from "./officer.ts";
import { readUserAgent } from "./user-agent.ts";

const SEEN_AGAIN_MS = 30_000;

/** Somebody at a browser who gave the right password. `next` says what stands between them and the office. */
export type Session = {
  readonly id: string;
  readonly account: Account;
  readonly officer: Officer;
  readonly next: "code" | "password" | "open";
};

/** Where a session is begun: its address, and what the browser says it is. */
export type From = { readonly address: string; readonly userAgent: string };

/** `open`: nothing more is asked. `boundSubject`: by which binding, when an identity provider vouched. */
type Beginning = From & { readonly open: boolean; readonly boundSubject?: string };

/** Begins a session and returns its token, which stands nowhere in the database. */
export async function beginSession(town: Town, account: Account, at: Date, what: Beginning): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await town.db
    .insertInto("people.session")
    .values({
      town: town.id,
      id: newId(at),
      token_hash: hashOf(token),
      account: account.id,
      begun_at: at,
      last_seen_at: at,
      opened_at: what.open ? at : null,
      bound_subject: what.boundSubject ?? null,
      address: what.address,
      ...readUserAgent(what.userAgent),
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
  const session = { id: row.session, account: accountOf(officer), officer };
  if (row.opened_at === null) return { ...session, next: "code" };
  return { ...session, next: mustChooseFirst(row, at) ? "password" : "open" };
}

type Row = NonNullable<Awaited<ReturnType<typeof sessionRow>>>;

/** A password nobody needed to get in, because a provider vouched, need not be changed first; nor that of a demo town. */
function mustChooseFirst({ bound_subject, demo, id, set_at, set_by, password_days }: Row, at: Date): boolean {
  if (bound_subject !== null || set_at === null || demo) return false;
  return mustChange({ setAt: set_at, setBy: set_by }, id, password_days, at);
}

/** Ends every session of an account, but the one with `keeping` as its token. Returns how many. */
export async function endSessionsOf(town: Town, account: Pick<Account, "id">, keeping?: string): Promise<number> {
  const { numDeletedRows } = await town.db
    .deleteFrom("people.session")
    .where("town", "=", town.id)
    .where("account", "=", account.id)
    .$if(keeping !== undefined, (sessions) => sessions.where("token_hash", "<>", hashOf(keeping ?? "")))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

const SWEPT_AT_ONCE = 5_000;

/** Sessions that are too old to open anything go, with the addresses they came from. */
export async function sweepSessions(town: Town, at: Date): Promise<void> {
  const { session_absolute_hours: hours } = await town.db
    .selectFrom("people.policy")
    .select("session_absolute_hours")
    .where("town", "=", town.id)
    .executeTakeFirstOrThrow();
  const over = town.db
    .selectFrom("people.session")
    .select("token_hash")
    .where("town", "=", town.id)
    .where("begun_at", "<", new Date(at.getTime() - hours * HOUR_MS));
  await untilNoneIsLeft(SWEPT_AT_ONCE, async () => {
    const { numDeletedRows } = await town.db
      .deleteFrom("people.session")
      .where("town", "=", town.id)
      .where("token_hash", "in", over.limit(SWEPT_AT_ONCE).forUpdate().skipLocked())
      .executeTakeFirst();
    return numDeletedRows;
  });
}

async function sessionRow(town: Pick<Town, "id" | "db">, token: string) {
  return town.db
    .selectFrom("people.session as s")
    .innerJoin("people.officer as o", (join) => join.onRef("o.town", "=", "s.town").onRef("o.id", "=", "s.account"))
    .leftJoin("people.credential as c", (join) => join.onRef("c.town", "=", "s.town").onRef("c.account", "=", "s.account"))
    .innerJoin("people.town as t", "t.town", "s.town")
    .innerJoin("people.policy as p", "p.town", "s.town")
    .select(["s.id as session", "o.id", "o.unit", "o.name", "s.begun_at", "s.last_seen_at", "s.opened_at", "s.bound_subject"])
    .select(["c.set_at", "c.set_by", "t.demo", "p.session_idle_minutes", "p.session_absolute_hours", "p.password_days"])
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
