import { Hono, type Context, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import type { z } from "zod";
import { DatabaseAway, why } from "#platform/away";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { readFigures } from "#publication/figures";
import { filterQuery } from "#publication/problem-filter";
import { listProblems } from "#publication/problem-list";
import { findStory } from "#publication/problem-story";
import { rememberedTowns } from "#publication/remembered-towns";
import { Refusal } from "#refusals";
import type { ApiHouse } from "./house.ts";
import { openApi } from "./openapi.ts";
import { presentDirectory, presentEvent, presentFigures, presentProblem, presentWhole } from "./present.ts";
import { fieldErrors, langOf, problemDocument } from "./problem-document.ts";
import { readPage } from "./read-page.ts";
import { LARGEST_BODY_BYTES, sendReport } from "./send-report.ts";
import { NoQuery, ProblemQuery, type EventList, type Figures, type ProblemPage } from "./shapes.ts";

/** The door for programs: reads the public ledger, takes reports. No cookies, so no forgery; anyone's page may read it. */
export function apiApp(house: ApiHouse): Hono {
  const app = new Hono();
  app.use(requestId());
  app.use((context, next) => {
    context.header("x-content-type-options", "nosniff");
    if (context.req.method !== "POST") context.header("access-control-allow-origin", "*");
    return next();
  });
  app.onError((error, context) => faultOf(house, error, context));
  app.notFound((context) => problemDocument(context, 404, "not-found"));
  const { origin } = house;
  const document = JSON.stringify(openApi(origin));
  app.get("/api", (context) => readPage(context, origin));
  app.get("/api/v1/openapi.json", (context) => context.body(document, 200, { "content-type": "application/json" }));
  readRoutes(app, house);
  for (const path of ["/api", "/api/v1/openapi.json", ...READ_PATHS]) app.all(path, (context) => notThisWay(context, "GET, HEAD, OPTIONS"));
  app.all("/api/v1/reports", (context) => notThisWay(context, "POST"));
  return app;
}

const READ_PATHS = [
  "/api/v1/problems",
  "/api/v1/problems/:number",
  "/api/v1/problems/:number/events",
  "/api/v1/figures",
  "/api/v1/directory",
] as const;

type Asked = {
  readonly town: Town;
  readonly names: (version?: number) => ReturnType<ReturnType<typeof rememberedTowns>["names"]>;
  readonly at: Date;
};

function readRoutes(app: Hono, house: ApiHouse): void {
  const towns = rememberedTowns(house.db);
  const inTown = (answer: (asked: Asked, context: Context) => Promise<Response>) => async (context: Context) => {
    const id = await towns.townOf(context.req.header("host") ?? "");
    if (id === null) return problemDocument(context, 404, "no-town");
    const town: Town = { id, db: house.db, keys: house.keys, blobs: house.blobs };
    return answer({ town, names: (version) => towns.names(town, version), at: house.now() }, context);
  };
  const plain = (answer: (asked: Asked, context: Context) => Promise<Response>) =>
    inTown(async (asked, context) => {
      const parsed = NoQuery.safeParse(context.req.query());
      return parsed.success ? answer(asked, context) : wrongQuery(house, context, parsed.error);
    });
  app.get(
    "/api/v1/problems",
    inTown((asked, context) => answerPage(house, asked, context)),
  );
  app.get("/api/v1/problems/:number", plain(answerWhole));
  app.get("/api/v1/problems/:number/events", plain(answerEvents));
  app.get("/api/v1/figures", plain(answerFigures));
  app.get(
    "/api/v1/directory",
    plain(async ({ names }, context) => context.json(presentDirectory(await names()))),
  );
  app.post(
    "/api/v1/reports",
    smallBody,
    inTown(({ town }, context) => sendReport(house, town, towns, context)),
  );
}

const tooLarge = (context: Context) => problemDocument(context, 413, "too-large");
const countingBody = bodyLimit({ maxSize: LARGEST_BODY_BYTES, onError: tooLarge });

/** A length that was told is believed (the server reads no further); only a body of unknown length is counted, which is dear. */
const smallBody: MiddlewareHandler = async (context, next) => {
  const length = context.req.header("content-length");
  if (length === undefined || context.req.header("transfer-encoding") !== undefined) return countingBody(context, next);
  return Number(length) > LARGEST_BODY_BYTES ? tooLarge(context) : next();
};

async function answerPage(house: ApiHouse, { town, names, at }: Asked, context: Context): Promise<Response> {
  const parsed = ProblemQuery.safeParse(context.req.query());
  if (!parsed.success) return wrongQuery(house, context, parsed.error);
  const today = dayOf(at);
  const page = await listProblems(town, parsed.data, today);
  const known = await names(page.version);
  const next = page.next === null ? null : `/api/v1/problems?${filterQuery({ ...parsed.data, before: page.next })}`;
  const answer: z.output<typeof ProblemPage> = { problems: page.problems.map((problem) => presentProblem(known, problem, today)), next };
  if (next !== null) context.header("link", `<${next}>; rel="next"`);
  return jsonAs(context, answer);
}

async function answerWhole({ town, names, at }: Asked, context: Context): Promise<Response> {
  const story = await findStory(town, context.req.param("number") ?? "");
  if (story === null) return problemDocument(context, 404, "not-found", { code: "problem/unknown" });
  return jsonAs(context, presentWhole(await names(story.version), story, dayOf(at)));
}

async function answerEvents({ town, names }: Asked, context: Context): Promise<Response> {
  const story = await findStory(town, context.req.param("number") ?? "");
  if (story === null) return problemDocument(context, 404, "not-found", { code: "problem/unknown" });
  const known = await names(story.version);
  const answer: z.output<typeof EventList> = {
    number: story.problem.number,
    events: story.events.map((event) => presentEvent(known, event)),
  };
  return jsonAs(context, answer);
}

async function answerFigures({ town, names, at }: Asked, context: Context): Promise<Response> {
  const today = dayOf(at);
  const figures = await readFigures(town, at, today);
  const answer: z.output<typeof Figures> = presentFigures(await names(figures.version), figures, today);
  return jsonAs(context, answer);
}

/** Encoded once: its length is known and the socket is given bytes. */
function jsonAs(context: Context, answer: unknown): Response {
  return context.body(Buffer.from(JSON.stringify(answer)), 200, { "content-type": "application/json" });
}

function wrongQuery(house: ApiHouse, context: Context, error: z.ZodError): Response {
  return problemDocument(context, 422, "fields", { errors: fieldErrors(house, langOf(context), "parameter", error) });
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
  const { refusals } = house.words[langOf(context)];
  if (error instanceof Refusal)
    return problemDocument(context, house.statusOf(error.code), "refused", { code: error.code, detail: refusals[error.code] });
  if (house.isDiskFull(error)) return problemDocument(context, 507, "refused", { code: "disk/full", detail: refusals["disk/full"] });
  if (error instanceof DatabaseAway) {
    house.log.warn({ request: context.get("requestId"), why: why(error) }, "the database is away");
    context.header("retry-after", "5");
    return problemDocument(context, 503, "away");
  }
  house.log.error({ err: error, request: context.get("requestId"), path: context.req.path }, "couldn't answer");
  return problemDocument(context, 500, "fault");
}
