import { OPEN_PAGE } from "#doors/web/access";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { dayWords } from "#doors/web/ui/day";
import { publicPage } from "#doors/web/ui/layout";
import { phoneLine } from "#doors/web/ui/phone";
import type { Visit } from "#doors/web/visit";
import { issueOf, keptOfReport, keptOfSlip, slipReceipt, type Kept } from "./kept-receipt.ts";
import { receiptPage } from "./receipt-page.ts";
import { receiptOf, type ReportReceipt } from "./receipt-token.ts";
import { receiptPicture } from "./receipt-picture.ts";
import { namedFile, receiptText } from "./receipt-text.ts";
import { readReportStory, type ReportStory } from "./track/report-story.ts";
import { readSlipStory } from "./track/slip-story.ts";

/** Right after sending: the code to keep, and what happens next on which day. */
export const receiptRoutes = [
  route("GET /receipt/:token", OPEN_PAGE, async (visit, { token }) => {
    const receipt = receiptOf(visit.town, visit.at, token);
    if (receipt === null) return expiredPage(visit);
    return "slip" in receipt ? slipReceiptPage(visit, token, receipt.slip) : reportReceiptPage(visit, token, receipt);
  }),
  route("GET /receipt/:token/receipt.txt", OPEN_PAGE, async (visit, { token }) => {
    const kept = await keptUnder(visit, token);
    if (kept === null) return expiredPage(visit);
    return visit.context.body(receiptText(visit, await visit.names(), kept), 200, {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; ${namedFile(visit, kept, "txt")}`,
      "cache-control": "no-store",
    });
  }),
  route("GET /receipt/:token/receipt.png", { who: "anyone", kind: "picture" }, async (visit, { token }) => {
    const kept = await keptUnder(visit, token);
    return kept === null ? expiredPage(visit) : receiptPicture(visit, await visit.names(), kept);
  }),
];

async function keptUnder(visit: Visit, token: string): Promise<Kept | null> {
  const receipt = receiptOf(visit.town, visit.at, token);
  if (receipt === null) return null;
  if ("slip" in receipt) return slipReceipt(visit, receipt.slip);
  const story = await storyOf(visit, receipt);
  return story === null ? null : keptOfReport(visit, story);
}

/** Null also where the receipt was made anew since: who holds the page of the one before is not shown the new code. */
async function storyOf(visit: Visit, { report, issue }: ReportReceipt): Promise<ReportStory | null> {
  const story = await readReportStory(visit.town, report);
  return story === null || issueOf(story.report) !== issue ? null : story;
}

async function reportReceiptPage(visit: Visit, token: string, receipt: ReportReceipt): Promise<Response> {
  const story = await storyOf(visit, receipt);
  if (story === null) return expiredPage(visit);
  const { report } = story;
  const names = await visit.names();
  const words = visit.words.report.receipt;
  const { answerWindowDays, noticeWorkingDays } = names.policy;
  return receiptPage(visit, token, keptOfReport(visit, story), {
    at: "report",
    says: receipt.folded ? html`<div class="alert alert-warning" role="status">${words.folded}</div>` : null,
    next: html`<li>
        <b>${
          report.firstReplyDueOn === null ? words.soon : html`${words.by.before}${dayWords(visit, report.firstReplyDueOn)}${words.by.after}`
        }</b>${gap(visit)}${words.firstReplyDoes}
      </li>
      <li>${words.opened}${gap(visit)}<b>${words.openedDoes}</b></li>
      <li>${words.asked}${gap(visit)}<b>${words.askedQuestion}</b>${gap(visit)}${words.askedThen(answerWindowDays)}</li>
      <li>${words.notice(noticeWorkingDays)}</li>`,
    proof: report.sealed ? html`` : leafWay(visit, report.id),
    after: html`<draft-keeper data-name="report" data-clear> </draft-keeper>`,
  });
}

async function slipReceiptPage(visit: Visit, token: string, slip: string): Promise<Response> {
  const story = await readSlipStory(visit.town, slip);
  if (story === null) return expiredPage(visit);
  const { objection } = story.slip;
  const words = visit.words.report;
  const { by, soon } = words.receipt;
  const answer =
    objection === null
      ? null
      : html`<li>
            <b>${objection.dueOn === null ? soon : html`${by.before}${dayWords(visit, objection.dueOn)}${by.after}`}</b>${gap(visit)}${
              words.slip.next.answered
            }
          </li>
          <li>${words.slip.next.outcome}</li>`;
  return receiptPage(visit, token, keptOfSlip(visit, story), {
    at: "ledger",
    says: null,
    next: html`${answer}
      <li>${words.slip.next.follow}</li>
      <li>${words.slip.notAsked}</li>`,
    proof: html`<a class="btn btn-lg" href="/ledger/${story.slip.number}">${words.slip.entry}</a>`,
    after: null,
  });
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
