import { Hono, type Context } from "hono";
import { requestId } from "hono/request-id";
import type { z } from "zod";
import { entryOf, type Entered } from "#doors/enter";
import { hasAlready, keeping } from "#doors/keeping";
import { askedBy, methodOf, pathOf, type AskedIn } from "#doors/route-name";
import { STATUS, TooMuch, type Excess } from "#doors/too-much";
import { lastLeafAt } from "#log/queries";
import { DatabaseAway, why } from "#platform/away";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { utf8 } from "#platform/utf8";
import { readFigures } from "#publication/figures";
import { leavesBefore, listChanged } from "#publication/changed-problems";
import { countListed, type Counting } from "#publication/count-listed";
import { filterQuery, type ProblemFilter } from "#publication/problem-filter";
import { listProblems, type Asked } from "#publication/problem-list";
import { findStory } from "#publication/problem-story";
import { rememberedTowns } from "#publication/remembered-towns";
import { Refusal } from "#refusals";
import { wordsIn } from "#words/words";
import type { ApiHouse } from "./house.ts";
import { openApi } from "./openapi.ts";
import { presentDirectory, presentEvent, presentFigures, presentProblem, presentWhole } from "./present.ts";
import { fieldErrors, langOf, problemDocument, warningsOf, type Trouble } from "./problem-document.ts";
import { API_PATHS, API_ROUTES, type ApiRoute } from "./routes.ts";
import { sendReport } from "./send-report.ts";
import { tellReceipt } from "./tell-receipt.ts";
import { ProblemQuery, type EventList, type Figures, type ProblemPage, type Since } from "./shapes.ts";

/** The door for programs: reads the public ledger, takes reports. No cookies, so no forgery; anyone's page may read it. */
export function apiApp(house: ApiHouse): Hono<Entered> {
  const app = new Hono<Entered>();
  app.use(requestId());
  app.use(keeping(() => false));
  app.use((context, next) => {
    context.header("vary", "accept-language");
    context.header("x-content-type-options", "nosniff");
    if (context.req.method !== "POST") context.header("access-control-allow-origin", "*");
    return next();
  });
  app.onError((error, context) => faultOf(house, error, context));
  app.notFound((context) => problemDocument(context, 404, "not-found"));
  const { origin } = house;
  const document = JSON.stringify(openApi(origin));
  open(app, house, "GET /api/openapi.json", NO_TOWN, async (context) => context.redirect("/api/v1/openapi.json", 301));
  open(app, house, "GET /api/v1/openapi.json", NO_TOWN, async (context) =>
    context.body(document, 200, { "content-type": "application/json" }),
  );
  readRoutes(app, house);
  for (const [path, allowed] of API_PATHS) app.all(path, (context) => notThisWay(context, allowed));
  return app;
}

/** Of a route that is the same for every town. */
const NO_TOWN = async () => "";

/** Opens a route of the table: in the town that was asked for, within the bounds of its kind. */
function open<Name extends ApiRoute>(
  app: Hono<Entered>,
  house: ApiHouse,
  name: Name,
  townOf: (host: string) => Promise<string | null>,
  answer: (context: Context<Entered>, town: string, of: AskedIn<Name>) => Promise<Response>,
): void {
  const askedOf = askedBy(name);
  app.on(methodOf(name), pathOf(name), async (context) => {
    const town = await townOf(context.req.header("host") ?? "");
    if (town === null) return problemDocument(context, 404, "no-town");
    const entry = entryOf(context, API_ROUTES[name], house.limits, { town, address: house.addressOf(context) });
    context.set("entry", entry);
    return entry.enter(async () => {
      const asked = askedOf((parameter) => context.req.param(parameter));
      return asked === null ? noProblem(context) : answer(context, town, asked);
    });
  });
}

/** The number of a problem is all that an address of this door can ask for. */
function noProblem(context: Context): Response {
  return problemDocument(context, 404, "not-found", { code: "problem/unknown" });
}

function readRoutes(app: Hono<Entered>, house: ApiHouse): void {
  const towns = rememberedTowns(house.db);
  const inTown = <Name extends ApiRoute>(
    name: Name,
    answer: (asked: Asked & Counting, context: Context<Entered>, of: AskedIn<Name>) => Promise<Response>,
  ) =>
    open(
      app,
      house,
      name,
      (host) => towns.townOf(host),
      (context, id, of) => {
        const town: Town = { id, db: house.db, keys: house.keys, blobs: house.blobs };
        const names = (version?: number) => towns.names(town, version);
        const asked = { town, names, remembered: () => towns.remembered(town), totals: towns.totals(town), at: house.now() };
        return answer(asked, context, of);
      },
    );
  inTown("GET /api/v1/problems", answerPage);
  inTown("GET /api/v1/problems/:number", answerWhole);
  inTown("GET /api/v1/problems/:number/events", answerEvents);
  inTown("GET /api/v1/figures", answerFigures);
  inTown("GET /api/v1/directory", async ({ names }, context) => jsonAs(context, presentDirectory(await names())));
  inTown("POST /api/v1/reports", ({ town }, context) => sendReport(house, town, towns, context));
  inTown("POST /api/v1/receipts", ({ town }, context) => tellReceipt(house, town, context));
}

async function answerPage(asked: Asked & Counting, context: Context): Promise<Response> {
  const parsed = ProblemQuery.safeParse(context.req.query());
  if (!parsed.success) return wrongQuery(context, parsed.error);
  const { changedSince, ...filter } = parsed.data;
  const page = changedSince === null ? await pageOf(asked, filter) : await changesOf(asked, changedSince, filter.limit);
  const known = await asked.names(page.version);
  const { total, leaves } = page;
  const next = page.next === null ? null : `/api/v1/problems?${page.next}`;
  const problems = page.problems.map((problem) => presentProblem(known, problem, dayOf(asked.at)));
  const answer: z.output<typeof ProblemPage> = { problems, next, total, leaves };
  if (next !== null) context.header("link", `<${next}>; rel="next"`);
  return jsonAs(context, answer, Object.keys(ProblemQuery.shape));
}

async function pageOf(asked: Asked & Counting, filter: ProblemFilter) {
  const page = await listProblems(asked, filter);
  const next = page.next === null ? null : filterQuery({ ...filter, before: page.next });
  return { ...page, next, total: await countListed(asked, filter, page) };
}

async function changesOf({ town }: Asked, since: Since, limit: number) {
  const page = await listChanged(town, "at" in since ? await leavesBefore(town, since.at) : since.leaves, limit);
  return { ...page, next: page.isLast ? null : `changedSince=${page.leaves}&limit=${limit}`, total: null };
}

async function answerWhole({ town, names, at }: Asked, context: Context, { number }: { readonly number: string }): Promise<Response> {
  const story = await findStory(town, number);
  if (story === null) return noProblem(context);
  return jsonAs(context, presentWhole(await names(story.version), story, dayOf(at)));
}

async function answerEvents({ town, names }: Asked, context: Context, { number }: { readonly number: string }): Promise<Response> {
  const story = await findStory(town, number);
  if (story === null) return noProblem(context);
  const known = await names(story.version);
  const answer: z.output<typeof EventList> = {
    number: story.problem.number,
    events: story.events.map((event) => presentEvent(known, event)),
  };
  return jsonAs(context, answer);
}

async function answerFigures({ town, names, at }: Asked, context: Context): Promise<Response> {
  const today = dayOf(at);
  const figures = await readFigures(town, today);
  const leavesAt = await lastLeafAt(town, figures.leaves);
  const answer: z.output<typeof Figures> = presentFigures(await names(figures.version), { figures, today, leavesAt });
  return jsonAs(context, answer);
}

/**
 * Encoded once: its length is known, the socket is given bytes, and the tag is of those; or word that the reader has them. Parameters
 * that the address does not know are left aside, and the answer says so.
 */
function jsonAs(context: Context, answer: object, known: readonly string[] = []): Response {
  const body = utf8(JSON.stringify({ ...answer, ...warningsOf(context, known) }));
  if (hasAlready(context, body)) return context.body(null, 304);
  return context.body(body, 200, { "content-type": "application/json" });
}

function wrongQuery(context: Context, error: z.ZodError): Response {
  return problemDocument(context, 422, "fields", { errors: fieldErrors(langOf(context), "parameter", error) });
}

/** Another method, or the question a browser asks before it lets a page read. */
function notThisWay(context: Context, allowed: string): Response {
  if (context.req.method === "OPTIONS" && allowed !== "POST") {
    return context.body(null, 204, { allow: allowed, "access-control-allow-methods": "GET, HEAD", "access-control-max-age": "86400" });
  }
  context.header("allow", allowed);
  return problemDocument(context, 405, "method");
}

/** This door's outermost edge: a refusal in words, a fault logged once with the request's id. */
function faultOf(house: ApiHouse, error: Error, context: Context): Response {
  const refusals = wordsIn(langOf(context)).refusals.codes;
  if (error instanceof Refusal)
    return problemDocument(context, house.statusOf(error.code), "refused", { code: error.code, detail: refusals[error.code] });
  if (error instanceof TooMuch) return tooMuch(error, context);
  if (house.isDiskFull(error)) return problemDocument(context, 507, "refused", { code: "disk/full", detail: refusals["disk/full"] });
  if (error instanceof DatabaseAway) {
    house.log.warn({ request: context.get("requestId"), why: why(error) }, "the database is away");
    context.header("retry-after", "5");
    return problemDocument(context, 503, "away");
  }
  house.log.error({ err: error, request: context.get("requestId"), path: context.req.path }, "couldn't answer");
  return problemDocument(context, 500, "fault");
}

const TROUBLES = {
  bytes: "too-large",
  fields: "too-large",
  files: "media-type",
  "no-files": "media-type",
  "media-type": "media-type",
  malformed: "malformed",
  slow: "slow",
  memory: "busy",
  query: "too-large",
  tries: "too-many",
  busy: "busy",
} as const satisfies Record<Excess, Trouble>;

function tooMuch({ excess, waitMs }: TooMuch, context: Context): Response {
  if (waitMs !== null) context.header("retry-after", String(Math.ceil(waitMs / 1000)));
  return problemDocument(context, STATUS[excess], TROUBLES[excess]);
}
