import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { serve } from "@hono/node-server";
import chromium from "@sparticuz/chromium";
import { pino } from "pino";
import { chromium as driver, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import assert from "node:assert/strict";
import type { Program } from "#doors/web/program";
import { aNotary } from "#test/notary";
import { composeDoors, type House } from "#main/doors";
import type { Town } from "#platform/town";

/** Both doors on a port of their own, with a clock the journey moves by hand. */
export async function aHouse(t: TestContext, town: Pick<Town, "db" | "keys" | "blobs">, at: Date, changes: Partial<Program> = {}) {
  const clock = { now: at };
  const origin = new URL("http://127.0.0.1");
  const program: Program = {
    db: town.db,
    keys: town.keys,
    blobs: town.blobs,
    callGateway: null,
    identityProvider: null,
    trustedProxies: ["127.0.0.0/8", "::1"],
    notary: aNotary(),
    log: pino({ level: "silent" }),
    now: () => clock.now,
    origin,
    isSetUpToken: () => false,
    isReady: async () => true,
    ...changes,
  };
  const server = serve({ fetch: (request, env) => doorsOf(program).fetch(request, env), port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  const address = server.address();
  if (!isInet(address)) throw new Error("couldn't find the port of the house");
  origin.port = String(address.port);
  const close = async () => {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
    await once(server, "close");
  };
  t.after(close);
  return { origin: origin.origin, clock, program };
}

const houses = new WeakMap<Program, House>();

// The origin holds the port, which is known only once the server listens: the door is built by the first request.
function doorsOf(program: Program): House {
  const house = houses.get(program) ?? composeDoors(program);
  houses.set(program, house);
  return house;
}

function isInet(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

let browser: Promise<Browser> | undefined;

async function start(): Promise<Browser> {
  return driver.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    // The package's own default arguments hold --single-process, with which a second page crashes.
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/** A page in a context of its own: own cookies, own size, own language. */
export async function aPage(t: TestContext, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (await (browser ??= start())).newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  if (options.javaScriptEnabled === false) withoutScripts.add(page);
  return page;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
}

export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;

/** No WCAG 2.2 AA violation on the page as it stands. */
export async function assertAccessible(page: Page): Promise<void> {
  await withScripts(page, async (copy) => {
    const { violations } = await new AxeBuilder({ page: copy })
      .options({ resultTypes: ["violations"] })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      // Our pages hold no frames, so no page is opened beside each to gather theirs.
      .setLegacyMode(true)
      .analyze();
    assert.deepEqual(
      violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html)
            .slice(0, 3)
            .join(" | ")}`,
      ),
      [],
      `on ${page.url()}`,
    );
  });
}

/** The page does not scroll sideways: everything fits the screen. */
export async function assertFits(page: Page): Promise<void> {
  await withScripts(page, async (copy) => {
    const over = await copy.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert.equal(over, 0, `${page.url()} is wider than the screen`);
  });
}

/**
 * Where scripts are off nothing can be asked of the page itself, so its HTML as it stands is drawn again, under the same
 * address and on the same screen, in a page with scripts; the page's own scripts are kept out there too.
 */
async function withScripts(page: Page, look: (copy: Page) => Promise<void>): Promise<void> {
  if (!withoutScripts.has(page)) return look(page);
  const content = await page.content();
  const copy = await (copies.get(page) ?? copyOf(page));
  await copy.route(page.url(), (asked) => asked.fulfill({ contentType: "text/html; charset=utf-8", body: content }));
  await copy.goto(page.url());
  await look(copy);
  await copy.unroute(page.url());
}

const copies = new WeakMap<Page, Promise<Page>>();

/** One for all looks at a page; it goes with the browser. */
async function copyOf(page: Page): Promise<Page> {
  const copy = newCopy();
  copies.set(page, copy);
  return copy;
}

async function newCopy(): Promise<Page> {
  const context = await (await (browser ??= start())).newContext({ ...PHONE });
  const copy = await context.newPage();
  await copy.route("**/*.js", (asked) => asked.abort());
  return copy;
}

const withoutScripts = new WeakSet<Page>();
