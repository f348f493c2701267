import { apiApp } from "#doors/api/app";
import { isOfTheLog, logApp } from "#doors/log/app";
import { webApp } from "#doors/web/app";
import { addressReader } from "#doors/web/address";
import type { Program } from "#doors/web/program";
import { openLimits, type Limits } from "#doors/limits";
import { addressInstead } from "#doors/one-address";
import { statusOf } from "#doors/web/refusal-page";
import { isDiskFull } from "#platform/room";

export type House = { readonly fetch: (request: Request, env?: unknown) => Response | Promise<Response> };

/**
 * All doors on one address: programs under /api, the public log's readers under /log and /witness, people everywhere else. Only the roof
 * may know that there are several.
 */
export function composeDoors(program: Program, limits: Limits = openLimits()): House {
  const addressOf = addressReader(program.trustedProxies);
  const api = apiApp({
    ...program,
    statusOf,
    isDiskFull,
    addressOf,
    limits,
  });
  const log = logApp({ ...program, addressOf, limits });
  const web = webApp(program, limits);
  const doorOf = (path: string) => (isForPrograms(path) ? api : isOfTheLog(path) ? log : web);
  return {
    fetch(request, env) {
      const instead = addressInstead(request);
      if (instead !== null)
        return new Response(null, { status: 308, headers: { location: instead, "cache-control": "public, max-age=3600" } });
      return doorOf(pathOf(request.url)).fetch(request, env ?? {});
    },
  };
}

function isForPrograms(path: string): boolean {
  return path === "/api" || path.startsWith("/api/") || path.startsWith("/api?");
}

function pathOf(url: string): string {
  return url.slice(url.indexOf("/", url.indexOf("//") + 2));
}
