import type { Hono } from "hono";
import { GATE_ACTS } from "#verification/gate";
import { LEDGER_ACTS } from "#ledger/who-may";
import type { Officer } from "#people/officer";
import { findDesk, type DeskCommand } from "#verification/desk";
import { Refusal } from "#refusals";
import { notFoundPage } from "#doors/web/error-pages";
import { readForm, sendOnce, type Sent } from "#doors/web/form";
import { statusOf } from "#doors/web/refusal-page";
import { route, type Visited } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { DESK_FORMS } from "./desk-forms.ts";
import { keepPhotos } from "./desk-form.ts";
import { deskPage, type Returned } from "./desk-page.ts";

/** The problem desk: everything about one problem, and every act on it. */
export function deskPages(app: Hono<Visited>): void {
  route(app, "GET /office/ledger/:number", (visit) => showDesk(visit, null));
  for (const command of DESK_COMMANDS) route(app, `POST /office/ledger/:number/${command}`, (visit) => doAct(visit, command));
}

const DESK_COMMANDS = [...namesOf(LEDGER_ACTS).filter((act) => act !== "open" && act !== "join"), ...namesOf(GATE_ACTS)];

function namesOf<T extends object>(acts: T): readonly Extract<keyof T, string>[] {
  const names: Extract<keyof T, string>[] = [];
  for (const name in acts) names.push(name);
  return names;
}

async function showDesk(visit: Visit, returned: Returned | null): Promise<Response> {
  const officer = signedIn(visit);
  const desk = await findDesk(visit.town, visit.context.req.param("number") ?? "", visit.at);
  if (desk === null) return notFoundPage(visit);
  return deskPage(visit, await visit.names(), officer, desk, returned);
}

/** Parses, acts once, and leads back to the desk; whatever stands in the way comes back with everything typed. */
async function doAct(visit: Visit, command: DeskCommand): Promise<Response> {
  const officer = signedIn(visit);
  const number = visit.context.req.param("number") ?? "";
  let sent: Sent = await readForm(visit);
  try {
    if (DESK_FORMS[command].photos) sent = await keepPhotos(visit, officer, sent);
    const read = DESK_FORMS[command].read(visit, officer, sent);
    if ("faults" in read) return await showDesk(visit, { command, sent, faults: read.faults, status: 422 });
    return await sendOnce(visit, sent, `desk/${command}`, async (town) => {
      await read.act(town);
      return `/office/ledger/${encodeURIComponent(number)}?done=${command}`;
    });
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    const words = visit.words.refusals.codes[cause.code];
    return showDesk(visit, {
      command,
      sent,
      faults: { [DESK_FORMS[command].photos && cause.code.startsWith("file/") ? "new_photos" : "form"]: words },
      status: statusOf(cause.code),
    });
  }
}

// The access table lets only officers in; this says so to the compiler and to whoever breaks the table.
function signedIn(visit: Visit): Officer {
  if (visit.officer === null) throw new Error("couldn't open the desk: nobody is signed in");
  return visit.officer;
}
