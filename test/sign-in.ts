import type { ADoor } from "./door.ts";
import { PASSWORD } from "./town.ts";

export function minutesLater(door: ADoor, count: number): void {
  door.clock.at = new Date(door.clock.at.getTime() + count * 60_000);
}

/** Somebody types a login and a password. */
export function enter(door: ADoor, to = "", password = PASSWORD, login = "qianwen"): Promise<Response> {
  return door.post(`/office/sign-in${to}`, { sign_in_login: login, sign_in_password: password });
}

/** The fields of a page's first form that has a password, as a browser would send them. */
export function fieldsOf(page: string): Record<string, string> {
  const form =
    page
      .split("<form")
      .slice(1)
      .find((part) => part.includes("sign_in_")) ?? "";
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\s*\/?>/g)];
  return Object.fromEntries(
    hidden.map(([, name = "", value = ""]) => [
      name,
      value.replaceAll("&quot;", '"').replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&#39;", "'"),
    ]),
  );
}

export function actionOf(page: string): string {
  const form =
    page
      .split("<form")
      .slice(1)
      .find((part) => part.includes("sign_in_")) ?? "";
  return (/action="([^"]*)"/.exec(form)?.[1] ?? "").replaceAll("&amp;", "&");
}
