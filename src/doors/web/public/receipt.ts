import { receiptCode, showReceiptCode } from "#intake/receipt-code";
import { findReportersOwn } from "#intake/sealed-reports";
import { dayOf } from "#platform/instant";
import { OPEN_PAGE } from "#doors/web/access";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { dayWords, keptDay } from "#doors/web/ui/day";
import { publicPage } from "#doors/web/ui/layout";
import { phoneLine } from "#doors/web/ui/phone";
import { wayList } from "#doors/web/ui/way";
import type { Visit } from "#doors/web/visit";
import { receiptOf, type Receipt } from "./receipt-token.ts";
import { receiptImage, receiptPicture } from "./receipt-picture.ts";
import { namedFile, receiptText, sentenceOf } from "./receipt-text.ts";
import { readReportStory } from "./track/report-story.ts";
import { wayOfReport } from "./way.ts";

/** Right after sending: the code to keep, and what happens next on which day. */
export const receiptRoutes = [
  route("GET /receipt/:token", OPEN_PAGE, async (visit, { token }) => {
    const receipt = receiptOf(visit.town, visit.at, token);
    return receipt === null ? expiredPage(visit) : receiptPage(visit, token, receipt);
  }),
  route("GET /receipt/:token/receipt.txt", OPEN_PAGE, async (visit, { token }) => {
    const receipt = receiptOf(visit.town, visit.at, token);
    const report = receipt === null ? null : await findReportersOwn(visit.town, receipt.report);
    if (receipt === null || report === null) return expiredPage(visit);
    const names = await visit.names();
    const code = showReceiptCode(receiptCode(visit.town.keys, receipt.report));
    const text = receiptText(visit, names, code, report);
    return visit.context.body(text, 200, {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; ${namedFile(visit, report, "txt")}`,
      "cache-control": "no-store",
    });
  }),
  route("GET /receipt/:token/receipt.png", { who: "anyone", kind: "picture" }, async (visit, { token }) => {
    const receipt = receiptOf(visit.town, visit.at, token);
    const story = receipt === null ? null : await readReportStory(visit.town, receipt.report);
    return story === null ? expiredPage(visit) : receiptPicture(visit, await visit.names(), story);
  }),
];

async function receiptPage(visit: Visit, token: string, receipt: Receipt): Promise<Response> {
  const story = await readReportStory(visit.town, receipt.report);
  if (story === null) return expiredPage(visit);
  const { report, problem, round, questions } = story;
  const names = await visit.names();
  const words = visit.words.report.receipt;
  const { answerWindowDays, noticeWorkingDays } = names.policy;
  const code = showReceiptCode(receiptCode(visit.town.keys, receipt.report));
  visit.context.header("cache-control", "no-store");
  const body = html`<div class="narrow">
    <div class="receipt">
      <h1 class="receipt-title">${words.panel}</h1>
      <p class="receipt-code serif">${code}</p>
      <p class="receipt-keep">${words.keep}</p>
    </div>
    <p class="receipt-about">${sentenceOf(visit, report)} · ${words.about(keptDay(visit, dayOf(report.receivedAt)))}</p>
    ${receipt.folded ? html`<div class="alert alert-warning" role="status">${words.folded}</div>` : ""}
    <copy-text data-label="${words.copy}" data-done="${words.copied}" data-text="${code}"></copy-text>
    <h2 class="no-print">${words.card.show}</h2>
    <p class="no-print">${words.pictureHint}</p>
    ${receiptImage(visit, names, story, `/receipt/${token}/receipt.png`)}
    <h2>${visit.words.way.title}</h2>
    ${wayList(visit, wayOfReport(report, problem, round, questions, visit.at))}
    <h2>${words.nextTitle}</h2>
    <ol class="next">
      <li>
        <b>${
          report.firstReplyDueOn === null ? words.soon : html`${words.by.before}${dayWords(visit, report.firstReplyDueOn)}${words.by.after}`
        }</b>${gap(visit)}${words.firstReplyDoes}
      </li>
      <li>${words.opened}${gap(visit)}<b>${words.openedDoes}</b></li>
      <li>${words.asked}${gap(visit)}<b>${words.askedQuestion}</b>${gap(visit)}${words.askedThen(answerWindowDays)}</li>
      <li>${words.notice(noticeWorkingDays)}</li>
    </ol>
    ${phoneLine(visit, names)}
    <div class="ways receipt-acts">
      <form method="post" action="/track">
        <input type="hidden" name="code" value="${code}">
        <button class="btn btn-primary btn-lg" type="submit">${words.track}</button>
      </form>
      <a class="btn btn-lg" href="/receipt/${token}/receipt.txt" download>${words.save}</a>
      ${report.sealed ? "" : leafWay(visit, receipt.report)}
      <print-page data-label="${words.print}"></print-page>
    </div>
    <draft-keeper data-name="report" data-clear> </draft-keeper>
  </div>`;
  return publicPage(visit, names, { title: words.title, at: "report", body });
}

/** What lies sealed has no leaf of its own. */
function leafWay(visit: Visit, report: string): Html {
  return html`<a class="btn btn-lg" href="/log/receipt/report/${report}.tlog-proof" download>${visit.words.publicLog.receipt}</a>`;
}

/** A forged and an expired address look the same: both are shown the way that always works. */
async function expiredPage(visit: Visit): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.receipt;
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.expired,
    status: 410,
    body: html`<div class="narrow">
      <h1>${words.expired}</h1>
      <p class="lead">${words.expiredHint}</p>
      <p>
        <a class="btn btn-primary btn-lg" href="/track">${words.track}</a>
      </p>
      ${phoneLine(visit, names)}
    </div>`,
  });
}

/** Latin words are parted by a space, Chinese ones are not. */
function gap(visit: Visit): string {
  return visit.lang === "en" ? " " : "";
}
