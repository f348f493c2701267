import { createHash } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import { OPERATIONS } from "./openapi.ts";
import { langOf } from "./problem-document.ts";
import { apiWords } from "./words.ts";

const STYLE = `
:root{color-scheme:light}
body{margin:0 auto;max-width:52rem;padding:1.5rem 1rem 4rem}
body{background:#faf8f4;color:#1d2733;font:1rem/1.65 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif}
h1,h2{font-family:"Songti SC","Noto Serif CJK SC",serif;line-height:1.3}
a{color:#b3261e}
code,pre{font-family:ui-monospace,monospace;font-size:.92rem}
pre{background:#fff;border:1px solid #e4dfd5;border-radius:6px;padding:.8rem;overflow-x:auto}
dt{margin-top:1rem;font-weight:600;overflow-wrap:anywhere}
dd{margin:0}
`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

const TEXTS = {
  en: {
    lang: "en",
    title: "The ledger for programs",
    lead: "Everything the public may read, as JSON, without a key; and a door for reports. The whole description:",
    addresses: "Addresses",
    read: "Read the ledger",
    send: "Report something",
    sendHint:
      "The answer carries the receipt code, shown only once. An Idempotency-Key makes a retry safe. At most 64 KB; photos are sent on the page for people.",
    errors: "Errors",
    errorsHint: "Problem documents (RFC 9457), in English or Chinese by Accept-Language. Their type is one of:",
    back: "To the ledger",
  },
  zh: {
    lang: "zh-CN",
    title: "给程序用的台账",
    lead: "公众可以看的内容都能以 JSON 读取，无需密钥；也可以由程序反映问题。完整说明：",
    addresses: "地址",
    read: "读取台账",
    send: "反映问题",
    sendHint: "答复中有回执号，只出现这一次。带上 Idempotency-Key，重试不会重复。正文不超过 64 KB；照片请在网页上提交。",
    errors: "错误",
    errorsHint: "以问题文档（RFC 9457）答复，按 Accept-Language 用中文或英文。type 有以下几种：",
    back: "回到台账",
  },
} as const;

/** A page to read about the API. No script; its one style is allowed by its hash. */
export function readPage(context: Context, origin: URL): Response | Promise<Response> {
  const lang = langOf(context);
  const texts = TEXTS[lang];
  context.header(
    "content-security-policy",
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  context.header("vary", "accept-language");
  const list = `curl '${origin.origin}/api/v1/problems?status=assigned&limit=25'`;
  const send = `curl -X POST '${origin.origin}/api/v1/reports' \\\n  -H 'Content-Type: application/json' -H 'Idempotency-Key: 4f1f0c2e-9a57-4b1d-8c3e-2f6d7a90b1c5' \\\n  -d '{"title": "东塘村路灯不亮", "category": "complaint"}'`;
  return context.html(
    html`<!doctype html>
      <html lang="${texts.lang}">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>API · ${texts.title}</title>
          <style>${raw(STYLE)}</style>
        </head>
        <body>
          <main>
            <h1>${texts.title}</h1>
            <p>${texts.lead} <a href="/api/v1/openapi.json">OpenAPI 3.1</a></p>
            <h2>${texts.addresses}</h2>
            <dl>
              ${OPERATIONS.map(
                (operation) =>
                  html`<dt>
                      <code>${operation.method.toUpperCase()} ${operation.path}</code>
                    </dt>
                    <dd>${lang === "zh" ? SUMMARIES_ZH[operation.id] : operation.summary}</dd>`,
              )}
            </dl>
            <h2>${texts.read}</h2>
            <pre tabindex="0">${list}</pre>
            <h2>${texts.send}</h2>
            <pre tabindex="0">${send}</pre>
            <p>${texts.sendHint}</p>
            <h2>${texts.errors}</h2>
            <p>${texts.errorsHint}</p>
            <dl>
              ${Object.entries(apiWords[lang].troubles).map(
                ([trouble, words]) =>
                  html`<dt id="${trouble}"><code>/api#${trouble}</code> ${words.title}</dt>
                    <dd>${words.detail}</dd>`,
              )}
            </dl>
            <p>
              <a href="/">${texts.back}</a>
            </p>
          </main>
        </body>
      </html>`,
  );
}

const SUMMARIES_ZH: Readonly<Record<(typeof OPERATIONS)[number]["id"], string>> = {
  listProblems: "公开台账，新的在前，可筛选、可检索",
  findProblem: "一个问题的全部内容",
  listEvents: "一个问题的全部经过",
  readFigures: "全镇、各单位、各活动的数字",
  readDirectory: "筛选和反映问题时用到的名称与编号",
  sendReport: "向镇里反映问题",
};
