import assert from "node:assert/strict";
import { siteOf } from "#test/breaking/reporter";
import { sanwen } from "#test/program-runs";

export const OFFICER_PASSWORD = "Shili-2026!again";

/** A clerk of the town in this folder, with a password of their own. */
export async function aClerkIn(folder: string, origin: string, login: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const { code, out, err } = await sanwen(folder, ["officer", "add", "--login", login, "--name", "钱文", "--duty", "clerk"], env);
  assert.equal(code, 0, err);
  const temporary = /[a-z][A-Z][2-9]\S*/.exec(out)?.[0] ?? "";
  const cookie = await signIn(origin, login, temporary);
  const changed = await form(origin, "/office/password", cookie, { present: temporary, chosen: OFFICER_PASSWORD, again: OFFICER_PASSWORD });
  assert.equal(changed.status, 303, await changed.text());
}

/** The session's cookie; null when the sign-in was not taken. */
export async function signedInAs(origin: string, login: string, password: string): Promise<string | null> {
  const cookie = await signIn(origin, login, password);
  return cookie === "" ? null : cookie;
}

async function signIn(origin: string, login: string, password: string): Promise<string> {
  const answer = await form(origin, "/office/sign-in", "", { login, password });
  await answer.arrayBuffer();
  const set = answer.headers.getSetCookie().find((cookie) => cookie.startsWith("session=")) ?? "";
  return set.slice("session=".length).split(";", 1)[0] ?? "";
}

/** The key of the form on a page of the office; null when the page does not come. */
export async function keyOfForm(origin: string, path: string, session: string): Promise<string | null> {
  const page = await fetch(`${origin}${path}`, { headers: { cookie: `session=${session}` }, redirect: "manual" });
  const text = await page.text();
  return /name="form_key" value="([0-9a-f-]+)"/.exec(text)?.[1] ?? null;
}

function form(origin: string, path: string, session: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`${origin}${path}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin: siteOf(origin), cookie: session === "" ? "" : `session=${session}` },
    redirect: "manual",
  });
}
