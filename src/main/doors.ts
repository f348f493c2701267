import { apiApp } from "#doors/api/app";
import { isOfTheLog, logApp } from "#doors/log/app";
import { webApp } from "#doors/web/app";
import { addressReader } from "#doors/web/address";
import type { Program } from "#doors/web/program";
import { openLimits, type Limits } from "#doors/limits";
import { addressInstead } from "#doors/one-address";
import { statusOf } from "#doors/web/refusal-page";
import type { ReceiptStory } from "#doors/api/house";
import { nextStep } from "#doors/web/public/track/next-step";
import { readReportStory } from "#doors/web/public/track/report-story";
import { kindOfSlip, nextOfSlip, readSlipStory, stateOfSlip } from "#doors/web/public/track/slip-story";
import type { Coded } from "#intake/find-slip";
import { isDiskFull } from "#platform/room";
import type { Town } from "#platform/town";

export type House = { readonly fetch: (request: Request, env?: unknown) => Response | Promise<Response> };

/**
 * All doors on one address: programs under /api/, the public log's readers under /log and /witness, people everywhere else. Only the roof
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
    storyOf,
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

/** A program is told by receipt code what the page tells. */
async function storyOf(town: Town, { kind, id }: Coded, at: Date): Promise<ReceiptStory | null> {
  return kind === "slip" ? storyOfSlip(town, id, at) : storyOfReport(town, id, at);
}

async function storyOfSlip(town: Town, id: string, at: Date): Promise<ReceiptStory | null> {
  const story = await readSlipStory(town, id);
  if (story === null) return null;
  const { slip } = story;
  return { of: kindOfSlip(slip), receivedAt: slip.givenAt, state: stateOfSlip(slip), next: nextOfSlip(story, at), number: slip.number };
}

async function storyOfReport(town: Town, id: string, at: Date): Promise<ReceiptStory | null> {
  const story = await readReportStory(town, id);
  if (story === null) return null;
  const { receivedAt, status } = story.report;
  return { of: "report", receivedAt, state: status, next: nextStep(story, at), number: story.problem?.number ?? null };
}

function isForPrograms(path: string): boolean {
  return path.startsWith("/api/");
}

function pathOf(url: string): string {
  return url.slice(url.indexOf("/", url.indexOf("//") + 2));
}
