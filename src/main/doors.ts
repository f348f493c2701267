import { apiApp } from "#doors/api/app";
import { webApp } from "#doors/web/app";
import type { Program } from "#doors/web/program";
import { addressOf, rateLimit } from "#doors/web/rate-limit";
import { statusOf } from "#doors/web/refusal-page";
import { wordsIn, type Lang } from "#doors/web/words/words";
import { isDiskFull } from "#platform/room";

/** Reports one address may send through the API: a gateway of a town's hotline stays below it, a flood does not. */
const REPORTS = { tries: 120, everyMs: 10 * 60_000 };

export type House = { readonly fetch: (request: Request, env?: unknown) => Response | Promise<Response> };

/** Both doors on one address: programs under /api, people everywhere else. Only the roof may know that there are two. */
export function composeDoors(program: Program): House {
  const limit = rateLimit(REPORTS);
  const wordsOf = (lang: Lang) => ({ faults: wordsIn(lang).common.faults, refusals: wordsIn(lang).refusals.codes });
  const api = apiApp({
    ...program,
    words: { zh: wordsOf("zh"), en: wordsOf("en") },
    statusOf,
    isDiskFull,
    addressOf,
    whyNotSend: limit.whyNotTry,
  });
  const web = webApp(program);
  return {
    fetch: (request, env) => (isForPrograms(request.url) ? api.fetch(request, env ?? {}) : web.fetch(request, env ?? {})),
  };
}

function isForPrograms(url: string): boolean {
  const path = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  return path === "/api" || path.startsWith("/api/") || path.startsWith("/api?");
}
