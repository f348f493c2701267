import assert from "node:assert/strict";
import { siteOf } from "#test/breaking/reporter";
import { sanwen } from "#test/program-runs";

const PASSWORD = "Shili-2026!again";

/** An officer who receives reports and opens problems, added from the command line; the cookie of their session. */
export async function anOfficerIn(folder: string, origin: string, login: string, env: Readonly<Record<string, string>> = {}) {
  const { code, out, err } = await sanwen(folder, ["officer", "add", "--login", login, "--name", "钱文", "--duty", "clerk,office"], env);
  assert.equal(code, 0, err);
  const temporary = /password {2}(\S+)/.exec(out)?.[1] ?? "";
  const signedIn = await send(origin, "/office/sign-in", "", { sign_in_login: login, sign_in_password: temporary });
  const session = sessionOf(signedIn);
  const passwords = { sign_in_present: temporary, sign_in_chosen: PASSWORD, sign_in_again: PASSWORD };
  const changed = await send(origin, "/office/password", session, passwords);
  assert.equal(changed.status, 303, await changed.text());
  return sessionOf(changed) || session;
}

function sessionOf(answer: Response): string {
  const set = answer.headers.getSetCookie().find((cookie) => cookie.startsWith("session="));
  return set?.split(";", 1)[0] ?? "";
}

async function send(origin: string, path: string, cookie: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const body = new URLSearchParams(fields);
  return fetch(`${origin}${path}`, { method: "POST", body, headers: { origin: siteOf(origin), cookie }, redirect: "manual" });
}
