import { Hono, type Context } from "hono";
import { requestId } from "hono/request-id";
import { entryOf, type Entered } from "#doors/enter";
import { keeping } from "#doors/keeping";
import { askedBy, methodOf, pathOf, type AskedIn } from "#doors/route-name";
import { STATUS, TooMuch } from "#doors/too-much";
import { DatabaseAway, why } from "#platform/away";
import type { Town } from "#platform/town";
import { readTile } from "#log/queries";
import { newestCheckpoint } from "#proof/queries";
import { rememberedTowns } from "#publication/remembered-towns";
import { parseTilePath } from "#standards/tlog/tile-path";
import type { LogHouse } from "./house.ts";
import { addCheckpoint } from "./add-checkpoint.ts";
import { answerConsistency, answerOpening, answerProblem } from "./answers.ts";
import { answerReceipt } from "./receipts.ts";
import { LOG_ROUTES, type LogRoute } from "./routes.ts";

/**
 * The door of the public log: C2SP tlog-tiles under /log, C2SP tlog-witness under /witness, and beside them what opens and proves
 * single leaves. Read by programs that are not ours, so its bytes are the specifications'. No cookies: any page may read it.
 */
export function logApp(house: LogHouse): Hono<Entered> {
  const app = new Hono<Entered>();
  const towns = rememberedTowns(house.db);
  const open = <Name extends LogRoute>(
    name: Name,
    answer: (town: Town, context: Context<Entered>, of: AskedIn<Name>) => Promise<Response>,
  ) => {
    const askedOf = askedBy(name);
    app.on(methodOf(name), pathOf(name), async (context) => {
      const id = await towns.townOf(context.req.header("host") ?? "");
      if (id === null) return notFound(context);
      const entry = entryOf(context, LOG_ROUTES[name], house.limits, { town: id, address: house.addressOf(context) });
      context.set("entry", entry);
      return entry.enter(async () => {
        const asked = askedOf((parameter) => context.req.param(parameter));
        return asked === null ? notFound(context) : answer({ id, db: house.db, keys: house.keys, blobs: house.blobs }, context, asked);
      });
    });
  };
  app.use(requestId());
  app.use(keeping(() => false));
  app.use((context, next) => {
    context.header("x-content-type-options", "nosniff");
    context.header("access-control-allow-origin", "*");
    return next();
  });
  app.onError((error, context) => {
    if (error instanceof DatabaseAway) {
      house.log.warn({ request: context.get("requestId"), why: why(error) }, "the database is away");
      return context.text("the database cannot be asked right now\n", 503, { "retry-after": "5" });
    }
    if (error instanceof TooMuch) return tooMuch(error, context);
    house.log.error({ err: error, request: context.get("requestId") }, "couldn't answer from the log");
    return context.text(`couldn't answer; request ${context.get("requestId")}\n`, 500);
  });
  app.notFound(notFound);
  open("GET /log/checkpoint", answerCheckpoint);
  open("GET /log/vkey", (town, context) => answerVkeys(house, town, context));
  open("GET /log/tile/*", answerTile);
  open("GET /log/opening/:leaf", answerOpening);
  open("GET /log/problem/:file", answerProblem);
  open("GET /log/consistency/:file", answerConsistency);
  open("GET /log/receipt/:kind/:file", answerReceipt);
  open("POST /witness/add-checkpoint", (town, context) => addCheckpoint(house, town, context));
  open("GET /witness/vkey", async (town, context) => {
    const signer = await house.notary.witnessSigner(town.id);
    return signer === null ? notFound(context) : context.text(`${signer.vkey}\n`);
  });
  return app;
}

/** The addresses that are this door's; /log itself, its sheet for the notice board and its leaves in sentences are pages. */
export function isOfTheLog(path: string): boolean {
  return /^\/(?:log\/(?:checkpoint|vkey|tile\/|opening\/|problem\/|consistency\/|receipt\/)|witness\/)/.test(path);
}

async function answerCheckpoint(town: Town, context: Context): Promise<Response> {
  const checkpoint = await newestCheckpoint(town);
  if (checkpoint === null) return notFound(context);
  context.header("cache-control", "public, max-age=1");
  return context.text(checkpoint.note);
}

/** The present key first; then those that signed before it, which sign no more. */
async function answerVkeys({ notary }: LogHouse, town: Town, context: Context): Promise<Response> {
  const signer = await notary.logSigner(town.id);
  if (signer === null) return notFound(context);
  return context.text([signer.vkey, ...(await notary.retiredVkeys(town.id))].map((vkey) => `${vkey}\n`).join(""));
}

/** Tiles never change once there, so they may be kept for ever. */
async function answerTile(town: Town, context: Context): Promise<Response> {
  const tile = parseTilePath(new URL(context.req.url).pathname.slice("/log/".length));
  const bytes = tile === null ? null : await readTile(town, tile);
  if (bytes === null) return notFound(context);
  return context.body(new Uint8Array(bytes), 200, {
    "content-type": "application/octet-stream",
    "cache-control": "public, max-age=31536000, immutable",
  });
}

function notFound(context: Context): Response {
  return context.text("not found\n", 404);
}

function tooMuch({ excess, waitMs }: TooMuch, context: Context): Response {
  return context.text(`too much: ${excess}\n`, STATUS[excess], waitMs === null ? {} : { "retry-after": String(Math.ceil(waitMs / 1000)) });
}
