import { FLAG_KINDS, FLAG_STATES, type FlagKind } from "#verification/flag";
import { countFlags, FlagFilter, listFlags, type FlagCounts } from "#verification/queries";
import { OPEN_PAGE } from "#doors/web/access";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { selectField } from "#doors/web/ui/field";
import { flagEntry } from "#doors/web/ui/flags";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";

/** Every flag with its evidence: what the figures about them open onto. */
export const flagRoutes = [route("GET /flags", OPEN_PAGE, flagsPage)];

async function flagsPage(visit: Visit): Promise<Response> {
  const filter = FlagFilter.parse(blankAsNull(visit.context.req.query()));
  const [names, counts, { flags, next }] = await Promise.all([visit.names(), countFlags(visit.town), listFlags(visit.town, filter)]);
  const words = visit.words.flags;
  const list = flags.map(
    (flag) =>
      html`<section class="card">
        <div class="card-body">
          <p>
            <a href="/ledger/${flag.number}">${flag.number}</a>
          </p>
          ${flagEntry(visit, names, flag)}
        </div>
      </section>`,
  );
  const older =
    next === null
      ? ""
      : html`<nav class="pages" aria-label="${words.title}">
          <a class="btn" href="/flags?${queryOf(filter, next)}">${words.older}</a>
        </nav>`;
  const body = html`<h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${flagsTable(visit, counts)}
    ${filterForm(visit, filter)}
    ${flags.length === 0 ? html`<p class="mist">${words.none}</p>` : list}${older}`;
  return publicPage(visit, names, { title: words.title, at: "figures", body });
}

function blankAsNull(query: { readonly [name: string]: string }) {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""));
}

function filterForm(visit: Visit, { kind, state }: FlagFilter): Html {
  const words = visit.words.flags;
  const typed = { kind: kind ?? "", state: state ?? "" };
  const kinds = FLAG_KINDS.map((value) => ({ value, label: words.kinds[value] }));
  const states = FLAG_STATES.map((value) => ({ value, label: words.states[value] }));
  return html`<form class="flag-filter" method="get" action="/flags">
    ${selectField(visit, { name: "kind", label: words.kind, typed, faults: {}, options: kinds, none: words.anyKind })}
    ${selectField(visit, { name: "state", label: words.state, typed, faults: {}, options: states, none: words.anyState })}
    <button class="btn" type="submit">${words.find}</button>
  </form>`;
}

/** How many of each kind, and what became of them; every number opens its list. */
export function flagsTable(visit: Visit, counts: FlagCounts): Html {
  const words = visit.words.flags;
  const known = FLAG_KINDS.filter((kind) => counts.has(kind));
  if (known.length === 0) return html`<p class="mist">${words.none}</p>`;
  const row = (kind: FlagKind) => {
    const count = counts.get(kind) ?? { raised: 0, open: 0, cleared: 0, upheld: 0, acted: 0 };
    const cell = (state: (typeof FLAG_STATES)[number]) =>
      html`<td data-label="${words[state]}">
        <a href="/flags?kind=${kind}&amp;state=${state}">${count[state]}</a>
      </td>`;
    return html`<tr>
      <th scope="row">${words.kinds[kind]}</th>
      <td data-label="${words.raised}">
        <a href="/flags?kind=${kind}">${count.raised}</a>
      </td>
      ${FLAG_STATES.map(cell)}
    </tr>`;
  };
  return html`<section class="table-responsive" aria-label="${words.figures}" tabindex="0">
    <table class="table stacked">
      <thead>
        <tr>
          <th scope="col">${words.kind}</th>
          <th scope="col">${words.raised}</th>
          ${FLAG_STATES.map((state) => html`<th scope="col">${words[state]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${known.map(row)}
      </tbody>
    </table>
  </section>`;
}

function queryOf({ kind, state }: FlagFilter, before: string): string {
  const query = new URLSearchParams({ before });
  if (kind !== null) query.set("kind", kind);
  if (state !== null) query.set("state", state);
  return query.toString();
}
