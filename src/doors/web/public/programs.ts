import { boundsOf, type Allowance } from "#doors/bounds";
import { SAMPLES, type Sample } from "#doors/samples";
import { OPEN_PAGE } from "#doors/web/access";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";

/** A page for people about the door for programs. */
export const programRoutes = [route("GET /api", OPEN_PAGE, programsPage)];

async function programsPage(visit: Visit): Promise<Response> {
  const { page: words, troubles } = visit.words.api;
  const body = html`<div class="narrow">
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <p>
      <a href="/api/v1/openapi.json">OpenAPI 3.1</a>
    </p>
    <h2>${words.addresses}</h2>
    ${SAMPLES.map((sample) => operation(visit, sample))}
    <p>${words.sendHint}</p>
    <h2>${words.limits}</h2>
    <ul>
      ${limitsOf(visit).map((line) => html`<li>${line}</li>`)}
    </ul>
    <h2>${words.errors}</h2>
    <p>${words.errorsHint}</p>
    <dl>
      ${Object.entries(troubles).map(
        ([trouble, said]) =>
          html`<dt id="${trouble}"><code>/api#${trouble}</code> ${said.title}</dt>
            <dd>${said.detail}</dd>`,
      )}
    </dl>
  </div>`;
  const passedOn = { path: "/api", title: words.title, description: words.lead, card: "card.png" };
  return publicPage(visit, await visit.names(), { title: words.title, passedOn, body });
}

function operation(visit: Visit, sample: Sample): Html {
  const { operations, page: words } = visit.words.api;
  return html`<h3>${operations[sample.id]}</h3>
    <p>
      <code class="hash">${sample.method} ${sample.path}</code>
    </p>
    <details>
      <summary>${words.sample}<span class="visually-hidden"> ${operations[sample.id]}</span></summary>
      <pre class="leaf-text" tabindex="0"><code>${askedAs(visit, sample)}</code></pre>
      <p>${sample.status}</p>
      <pre class="leaf-text" tabindex="0"><code>${JSON.stringify(sample.answer, null, 2)}</code></pre>
    </details>`;
}

function askedAs({ program }: Visit, { method, path, asked }: Sample): string {
  const { origin } = program.origin;
  if (method === "GET") return `curl '${origin}${asked}'`;
  return [`curl -X POST '${origin}${path}' \\`, "  -H 'Content-Type: application/json' \\", `  -d '${asked}'`].join("\n");
}

/** What whoever asks is measured by, as it is set. */
function limitsOf(visit: Visit): readonly string[] {
  const { limit: words } = visit.words.api.page;
  const { report, receipt, key } = { report: boundsOf("report"), receipt: boundsOf("receipt-code"), key: boundsOf("key") };
  const often = (allowed: Allowance | null, say: (tries: number, minutes: number) => string) =>
    allowed === null ? [] : [say(allowed.tries, allowed.everyMs / 60_000)];
  return [
    words.read,
    ...often(report.perAddress, words.reports),
    ...often(key.perAddress, words.key),
    ...often(receipt.wrong, words.receipts),
    words.body(report.bytes / 1024),
  ];
}
