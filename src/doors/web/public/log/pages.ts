import { newestCheckpoint, newestCosignatures, type ShownCheckpoint } from "#proof/queries";
import { OPEN_PAGE } from "#doors/web/access";
import { asset } from "#doors/web/assets";
import { notFoundPage } from "#doors/web/error-pages";
import { dayOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { instantWords } from "#doors/web/ui/day";
import { publicPage } from "#doors/web/ui/layout";
import { qrSvg } from "#doors/web/ui/qr";
import type { Visit } from "#doors/web/visit";
import { aboutPage } from "./about.ts";
import { leafPage } from "./leaf.ts";
import { leavesPage } from "./leaves.ts";
import { wholeDay } from "./sentence.ts";

/** The public log for people: what it is and proves, its leaves, its sheet for the notice board, and the page that checks it. */
export const logRoutes = [
  route("GET /log", OPEN_PAGE, logPage),
  route("GET /log/about", OPEN_PAGE, aboutPage),
  route("GET /log/leaves", OPEN_PAGE, leavesPage),
  route("GET /log/notice", OPEN_PAGE, noticePage),
  route("GET /log/leaf/:leaf", OPEN_PAGE, leafPage),
  route("GET /verify", OPEN_PAGE, verifyPage),
];

/** Name, number of leaves, root: the three lines that everything hangs on. */
function linesOf({ note }: ShownCheckpoint): readonly [string, string, string] {
  const [origin = "", size = "", root = ""] = note.split("\n");
  return [origin, size, root];
}

async function logPage(visit: Visit): Promise<Response> {
  const words = visit.words.publicLog;
  const checkpoint = await newestCheckpoint(visit.town);
  const body = html`<div class="narrow">
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <p>
      <a href="/log/about">${words.about.title}</a>
    </p>
    ${checkpoint === null ? html`<p>${words.empty}</p>` : await aboutLog(visit, checkpoint)}
  </div>`;
  const passedOn = { path: "/log", title: words.title, description: words.lead, card: "card.png" };
  return publicPage(visit, await visit.names(), { title: words.title, passedOn, body });
}

async function aboutLog(visit: Visit, checkpoint: ShownCheckpoint): Promise<Html> {
  const words = visit.words.publicLog;
  const [origin, size, root] = linesOf(checkpoint);
  const cosigned = await newestCosignatures(visit.town);
  const vkeys = await vkeysOf(visit);
  const seen = cosigned.map((one) => html`<li>${words.witnessed(one.witness, one.size)} ${instantWords(visit, one.at)}</li>`);
  return html`<dl class="facts">
      <dt>${words.origin}</dt>
      <dd>${origin}</dd>
      <dt>${words.size}</dt>
      <dd>
        <a href="/log/leaves">${words.leaves.browse(size)}</a>
      </dd>
      <dt>${words.root}</dt>
      <dd>
        <code class="hash">${root}</code>
      </dd>
      <dt>${words.signedAt}</dt>
      <dd>${instantWords(visit, checkpoint.signedAt)}</dd>
    </dl>
    <p class="ways">
      <a class="btn btn-primary" href="/verify">${words.verify}</a>
      <a class="btn" href="/log/leaves">${words.leaves.title}</a>
      <a class="btn" href="/log/notice">${words.notice}</a>
    </p>
    <h2>${words.witnesses}</h2>
    ${
      cosigned.length === 0
        ? html`<p>${words.noWitness}</p>`
        : html`<ul>
            ${seen}
          </ul>`
    }
    <h2>${words.keys}</h2>
    ${vkeys.map(
      (vkey) =>
        html`<p>
          <code class="hash">${vkey}</code>
        </p>`,
    )}
    <h2>${words.links}</h2>
    <ul>
      <li>
        <a href="/log/checkpoint">/log/checkpoint</a>
      </li>
      <li>
        <a href="/log/vkey">/log/vkey</a>
      </li>
      <li>
        <a href="https://c2sp.org/tlog-tiles">c2sp.org/tlog-tiles</a>
      </li>
    </ul>`;
}

async function noticePage(visit: Visit): Promise<Response> {
  const words = visit.words.publicLog;
  const checkpoint = await newestCheckpoint(visit.town);
  if (checkpoint === null) return notFoundPage(visit);
  const lines = linesOf(checkpoint);
  const address = `${new URL("/verify", visit.program.origin).href}#${encodeURIComponent(lines.join("\n"))}`;
  const body = html`<div class="narrow notice-sheet">
    <h1>${words.noticeTitle}</h1>
    <p>${wholeDay(visit, dayOf(checkpoint.signedAt))}</p>
    ${lines.map(
      (line) =>
        html`<p class="notice-line">
          <code>${line}</code>
        </p>`,
    )}
    <p class="lead">${words.noticeLead}</p>
    ${qrSvg(address, words.noticeQr)}
    <p>${words.noticeQr}</p>
    <p class="no-print">
      <print-page data-label="${words.print}"></print-page>
    </p>
  </div>`;
  return publicPage(visit, await visit.names(), { title: words.noticeTitle, body });
}

async function verifyPage(visit: Visit): Promise<Response> {
  const { verifyPage: words, about } = visit.words.publicLog;
  const vkeys = (await vkeysOf(visit)).join(" ");
  const names = await visit.names();
  const numbers = `${names.town.prefix}-${dayOf(visit.at).slice(0, 4)}`;
  const titles = JSON.stringify(visit.words.events.titles);
  const form = (check: string, label: string, hint: string, field: (id: string) => Html) =>
    html`<form data-check="${check}" class="card">
      <div class="card-body">
        <h2>
          <label for="v-${check}">${label}</label>
        </h2>
        <p class="hint" id="vh-${check}">${hint}</p>
        ${field(check)}
        <button class="btn btn-primary" type="submit">${words.check}</button>
        <output aria-live="polite"></output>
      </div>
    </form>`;
  const body = html`<div class="narrow">
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <p>
      <a href="/log/about">${about.title}</a>
    </p>
    <noscript>
      <p class="alert alert-warning">${words.noScript}</p>
    </noscript>
    <verify-log data-vkeys="${vkeys}" data-numbers="${numbers}" data-words="${verdictWords(visit)}" data-titles="${titles}"
      >${form(
        "receipt",
        words.receipt,
        words.receiptHint,
        (id) => html`<input class="form-control" type="file" id="v-${id}" aria-describedby="vh-${id}">`,
      )}
      ${form(
        "number",
        words.number,
        words.numberHint,
        (id) => html`<input class="form-control" type="text" id="v-${id}" aria-describedby="vh-${id}" autocomplete="off">`,
      )}
      ${form(
        "lines",
        words.lines,
        words.linesHint,
        (id) => html`<textarea class="form-control" id="v-${id}" rows="3" aria-describedby="vh-${id}"></textarea>`,
      )}
      <form data-check="whole" class="card">
        <div class="card-body">
          <h2>${words.whole}</h2>
          <p class="hint">${words.wholeHint}</p>
          <progress value="0" max="1" aria-label="${words.whole}" hidden></progress>
          <button class="btn btn-primary" type="submit">${words.check}</button>
          <output aria-live="polite"></output>
        </div>
      </form>
    </verify-log>
  </div>`;
  const head = html`<script type="module" src="${asset("verify.js")}"></script>`;
  return publicPage(visit, names, { title: words.title, head, body });
}

/** With what a leaf's sentence is put together of, so that a proof file is told without the network. */
function verdictWords({ words: { publicLog } }: Visit): string {
  return JSON.stringify({ ...publicLog.verdicts, afterWhen: publicLog.sentence.afterWhen, entry: publicLog.entry });
}

async function vkeysOf(visit: Visit): Promise<readonly string[]> {
  const { notary } = visit.program;
  const signer = await notary.logSigner(visit.town.id);
  return signer === null ? [] : [signer.vkey, ...(await notary.retiredVkeys(visit.town.id))];
}
