import { readAtOnce, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { readForm } from "./form.ts";
import { pageBehind } from "./page-behind.ts";
import type { Page } from "./route.ts";
import type { Visit } from "./visit.ts";

/**
 * Draws the page of a form again as it was typed, in the view just chosen. The form's parser lets nothing pass, and should a page act
 * without parsing, it acts on a database and on files that take nothing: then the visitor is led to the page behind instead.
 * The body is read before a connection is held.
 */
export async function redraw(visit: Visit, page: Page): Promise<Response> {
  await readForm(visit);
  const names = await visit.names();
  try {
    return await readAtOnce(visit.town, async (town) =>
      page({ ...visit, town: { ...town, blobs: takingNothing(town) }, names: () => Promise.resolve(names) }),
    );
  } catch (error) {
    if (!(error instanceof Refusal) && !isReadOnly(error)) throw error;
    visit.context.header("cache-control", "no-store");
    return visit.context.redirect(pageBehind([...visit.routes.values()], visit.context.req.path), 303);
  }
}

class TakesNothing extends Error {}

function takingNothing({ blobs }: Town): Town["blobs"] {
  return { ...blobs, put: () => Promise.reject(new TakesNothing("a page that is drawn again keeps no file")) };
}

// 25006 read_only_sql_transaction, and 25P02 for whatever was asked after it.
function isReadOnly(error: unknown): boolean {
  if (error instanceof TakesNothing) return true;
  return error instanceof Error && "code" in error && (error.code === "25006" || error.code === "25P02");
}
