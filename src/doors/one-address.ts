import { numberOf } from "#ledger/problem-number";

const NUMBERED = /^(\/ledger\/|\/office\/ledger\/|\/log\/problem\/|\/api\/v1\/problems\/)([^/]+)(.*)$/;

/**
 * The one address of what was asked for under another: without slashes at its end, with a problem's number as it is written on the
 * ledger (`sl-2026-7` and full-width letters are the same). Null when it was asked for by its own.
 */
export function addressInstead(request: Pick<Request, "method" | "url">): string | null {
  if (request.method !== "GET" && request.method !== "HEAD") return null;
  const [pathname, search] = partsOf(request.url);
  // Two slashes at the beginning would be read as the name of another host.
  const trimmed = pathname.replace(/\/+$/, "").replace(/^[/\\]*/, "/");
  const [, before = "", number = "", rest = ""] = NUMBERED.exec(trimmed) ?? [];
  const path = before === "" ? trimmed : before + plainNumber(number) + rest;
  return path === pathname ? null : path + search;
}

/** Path and query of an absolute address, as they were sent. */
function partsOf(url: string): readonly [path: string, search: string] {
  const path = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  const question = path.indexOf("?");
  return question < 0 ? [path, ""] : [path.slice(0, question), path.slice(question)];
}

function plainNumber(segment: string): string {
  const [, name = "", suffix = ""] = /^(.*?)(\.json)?$/.exec(segment) ?? [];
  const written = numberOf(decoded(name));
  return written === null ? segment : written + suffix;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone %: no number of ours
  }
}
