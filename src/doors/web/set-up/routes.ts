import type { Context, Hono } from "hono";
import { nameLog } from "#log/name-log";
import { Refusal } from "#refusals";
import type { Limits } from "#doors/limits";
import { TooMuch } from "#doors/too-much";
import { parse, readForm } from "#doors/web/form";
import type { Program } from "#doors/web/program";
import { statusOf } from "#doors/web/refusal-page";
import type { Visited } from "#doors/web/route";
import { tooMuchBeforeTowns } from "#doors/web/too-much-page";
import type { Visit } from "#doors/web/visit";
import { visitBeforeTowns } from "#doors/web/welcome";
import { closedPage, donePage, formPage, usedPage } from "./set-up-pages.ts";
import { HANDS, SetUpTown, setUpTown, townIdOf } from "./set-up-town.ts";

/** The set-up page, open only until the first town exists and only with the link printed at start. */
export function setUpRoutes(app: Hono<Visited>, program: Program, limits: Limits): void {
  const open = async (context: Context<Visited>, page: (visit: Visit, token: string) => Response | Promise<Response>) => {
    const visit = visitBeforeTowns(program, limits, context);
    const token = context.req.query("token") ?? "";
    context.header("cache-control", "no-store");
    context.header("referrer-policy", "no-referrer");
    if (await hasTown(program)) return usedPage(visit);
    return within(visit, () => (program.isSetUpToken(token) ? page(visit, token) : closedPage(visit)));
  };
  app.get("/set-up", (context) =>
    open(context, (visit, token) =>
      formPage(visit, token, { typed: { unit: visit.words.people.setUp.unitDefault }, faults: {}, status: 200 }),
    ),
  );
  app.post("/set-up", (context) => open(context, sendSetUp));
  app.post("/set-up/demo", (context) => open(context, sendDemo));
}

async function within(visit: Visit, work: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await visit.context.get("entry").enter(work);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    return tooMuchBeforeTowns(visit, error);
  }
}

async function sendSetUp(visit: Visit, token: string): Promise<Response> {
  const { typed } = await readForm(visit);
  const words = visit.words.people.setUp;
  const parsed = parse(visit, SetUpTown, typed);
  if (parsed.faults !== null) return formPage(visit, token, { typed, faults: parsed.faults, status: 422 });
  const { value } = parsed;
  const twice = HANDS.find((hand, i) =>
    HANDS.slice(0, i).some(
      (other) => value[`${other}_login`] === value[`${hand}_login`] || value[`${other}_name`] === value[`${hand}_name`],
    ),
  );
  if (twice !== undefined) return formPage(visit, token, { typed, faults: { [`${twice}_login`]: words.separate }, status: 422 });
  try {
    const officers = await setUpTown(visit.town, visit.at, value);
    await nameLog({ ...visit.town, id: townIdOf(value) }, visit.program.notary, visit.program.origin);
    return donePage(visit, value.nameZh, officers);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return formPage(visit, token, { typed, faults: { form: visit.words.refusals.codes[error.code] }, status: statusOf(error.code) });
  }
}

/** The demo town instead: whoever wants to look around first. */
async function sendDemo(visit: Visit): Promise<Response> {
  const { loadDemo } = await import("#demo/load-demo"); // a whole town's life: read when somebody asks for it
  await loadDemo(visit.town, visit.at);
  return visit.context.redirect("/", 303);
}

async function hasTown(program: Program): Promise<boolean> {
  return (await program.db.selectFrom("people.town").select("town").limit(1).executeTakeFirst()) !== undefined;
}
