import { createHash } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import { wordsIn } from "#words/words";
import { OPERATIONS } from "./openapi.ts";
import { langOf } from "./problem-document.ts";

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

/** A page to read about the API. No script; its one style is allowed by its hash. */
export function readPage(context: Context, origin: URL): Response | Promise<Response> {
  const lang = langOf(context);
  const { operations, page: texts, troubles } = wordsIn(lang).api;
  context.header(
    "content-security-policy",
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  context.header("vary", "accept-language");
  const list = `curl '${origin.origin}/api/v1/problems?status=assigned&limit=25'`;
  const send = [
    `curl -X POST '${origin.origin}/api/v1/reports' \\`,
    "  -H 'Content-Type: application/json' -H 'Idempotency-Key: 4f1f0c2e-9a57-4b1d-8c3e-2f6d7a90b1c5' \\",
    `  -d '{"title": "东塘村路灯不亮", "category": "complaint"}'`,
  ].join("\n");
  return context.html(
    html`<!doctype html>
      <html lang="${lang === "zh" ? "zh-CN" : "en"}">
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
                    <dd>${operations[operation.id]}</dd>`,
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
              ${Object.entries(troubles).map(
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
