import { findPublicFile, findStandIn } from "#evidence/public-file";
import { knows } from "#doors/keeping";
import { OPEN_PAGE } from "#doors/web/access";
import { notFoundPage } from "#doors/web/error-pages";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";

// The bytes of a hash never change, but a photo may be redacted: within a day every copy kept on the way is gone.
const KEPT = "public, max-age=86400, immutable";

/** Evidence that the ledger shows, and nothing else. */
export const fileRoutes = [route("GET /files/:sha256", OPEN_PAGE, file)];

async function file(visit: Visit, { sha256 }: { readonly sha256: string }): Promise<Response> {
  const known = await findPublicFile(visit.town, sha256);
  const bytes = known === null ? null : await visit.town.blobs.get(visit.town.id, sha256);
  if (known === null || bytes === null) return instead(visit, sha256);
  const { context } = visit;
  context.header("etag", `"${sha256}"`);
  context.header("cache-control", KEPT);
  context.header("vary", "accept-encoding");
  if (knows(context, `"${sha256}"`)) return context.body(null, 304);
  return context.body(new Uint8Array(bytes), 200, { "content-type": known.mediaType, "content-disposition": "inline" });
}

/** Whoever follows an older link is led to the copy that stands there now. */
async function instead(visit: Visit, sha256: string): Promise<Response> {
  const copy = await findStandIn(visit.town, sha256);
  if (copy === null) return notFoundPage(visit);
  visit.context.header("cache-control", "no-store");
  return visit.context.redirect(`/files/${copy}`, 303);
}
