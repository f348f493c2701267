import { InboxFilter } from "#intake/inbox";
import type { Visit } from "#doors/web/visit";

/** By status, channel, category and village; words stand in no address, so none is read from one. */
export function filterOf(visit: Visit): InboxFilter {
  return { ...InboxFilter.parse(visit.context.req.query()), q: "" };
}

/** The list as it is filtered. */
export function inboxAddress(filter: InboxFilter, more: Query = {}): string {
  return `/office/inbox${queryOf(filter, more)}`;
}

/** A report, with the filter it was opened from; `path` is what stands behind its id. */
export function reportAddress(filter: InboxFilter, path: string, more: Query = {}): string {
  return `/office/inbox/${path}${queryOf(filter, more)}`;
}

type Query = { readonly [name: string]: string };

function queryOf(filter: InboxFilter, more: Query): string {
  const query = new URLSearchParams({ ...askedOf(filter), ...more });
  return query.size === 0 ? "" : `?${query.toString()}`;
}

/** What waits is what the inbox shows unasked. */
export function askedOf({ status, channel, category, village, dueAfter, dueBy, order }: InboxFilter): Record<string, string> {
  const asked = { status: status === "received" ? null : status, channel, category, village, dueAfter, dueBy, order };
  return Object.fromEntries(Object.entries(asked).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}
