import assert from "node:assert/strict";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { connect, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { CONNECTIONS, type ConnectionBounds } from "#doors/bounds";
import { aProgram } from "#test/door";
import { aTown } from "#test/town";
import { boundedServer, clearRequests, inTurn } from "./connections.ts";
import { composeDoors } from "./doors.ts";

const GREET: RequestListener = (_request, response) => void response.end("hello");
const GET = "GET / HTTP/1.1\r\nhost: ledger.example\r\n";

type Asked = { readonly listener?: RequestListener; readonly trusted?: readonly string[]; readonly bounds?: Partial<ConnectionBounds> };

/** A server of our own, and visitors at its socket. */
async function aServer(t: TestContext, { listener = GREET, trusted = [], bounds = {} }: Asked) {
  const server = boundedServer(inTurn(clearRequests(listener)), trusted, { ...CONNECTIONS, lookMs: 20, ...bounds });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close().closeAllConnections());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { visit: () => aVisitor(port), server };
}

async function aVisitor(port: number) {
  const socket: Socket = connect(port, "127.0.0.1");
  let heard = "";
  const closed = new Promise((resolve) => socket.setEncoding("utf8").once("close", resolve));
  socket.on("data", (text: string) => (heard += text)).on("error", () => undefined); // a connection that was cut off is what we look for
  await once(socket, "connect");
  return {
    say: (text: string) => socket.write(text),
    leave: () => socket.destroy(),
    heard: async (what: RegExp) => {
      while (!what.test(heard)) await once(socket, "data");
    },
    /** Everything that was heard until the other side closed. */
    toTheEnd: async () => {
      await closed;
      return heard;
    },
  };
}

test("whoever never finishes a request, or keeps a connection for nothing, is closed in time", { timeout: 10_000 }, async (t) => {
  const { visit } = await aServer(t, { bounds: { headersMs: 1000, requestMs: 1500, idleMs: 50 } });
  const [silent, halfway, endless, done] = await Promise.all([visit(), visit(), visit(), visit()]);
  halfway.say(GET);
  endless.say("POST / HTTP/1.1\r\nhost: ledger.example\r\ncontent-length: 100\r\n\r\nx");
  done.say(`${GET}\r\n`);
  assert.match(await silent.toTheEnd(), /^HTTP\/1\.1 408/);
  assert.match(await halfway.toTheEnd(), /^HTTP\/1\.1 408/);
  await endless.toTheEnd();
  assert.match(await done.toTheEnd(), /hello$/);
});

test("an address holds so many connections and no more; a proxy in front speaks for many", { timeout: 10_000 }, async (t) => {
  const open = { perAddress: 2, inAll: 10 };
  const { visit } = await aServer(t, { bounds: { open } });
  const [first] = [await visit(), await visit()];
  const third = await visit();
  assert.equal(await third.toTheEnd(), "");
  first.leave();
  await sleep(50);
  const next = await visit();
  next.say(`${GET}\r\n`);
  await next.heard(/hello/);

  const proxied = await aServer(t, { bounds: { open }, trusted: ["127.0.0.0/8"] });
  for (let i = 0; i < 4; i += 1) {
    const visitor = await proxied.visit();
    visitor.say(`${GET}\r\n`);
    await visitor.heard(/hello/);
  }
});

test("when all connections are taken, those that nobody uses make room", { timeout: 10_000 }, async (t) => {
  const { visit } = await aServer(t, { bounds: { open: { perAddress: 10, inAll: 2 } } });
  const idle = await Promise.all([visit(), visit()]);
  for (const visitor of idle) {
    visitor.say(`${GET}\r\n`);
    await visitor.heard(/hello/);
  }
  await (await visit()).toTheEnd();
  await Promise.all(idle.map((visitor) => visitor.toTheEnd()));
  const next = await visit();
  next.say(`${GET}\r\n`);
  await next.heard(/hello/);
});

test("a request that two readers could understand in two ways is refused before any door hears of it", { timeout: 10_000 }, async (t) => {
  const hosts: (string | undefined)[] = [];
  const listener: RequestListener = (request, response) => {
    hosts.push(request.headers.host);
    response.end("hello");
  };
  const { visit } = await aServer(t, { listener });
  const ask = async (request: string) => {
    const visitor = await visit();
    visitor.say(`${request.replaceAll("\n", "\r\n")}\r\n\r\n`);
    return visitor.toTheEnd();
  };
  for (const ambiguous of [
    "GET / HTTP/1.1\nhost: ledger.example\nhost: other.example",
    "GET / HTTP/1.1\nhost: ledger.example\nHOST: ledger.example",
    "GET / HTTP/1.1",
    "GET / HTTP/1.0",
    "GET http://other.example/ HTTP/1.1\nhost: ledger.example",
    "GET * HTTP/1.1\nhost: ledger.example",
    "GET / HTTP/1.1\nhost: ledger.example\ncontent-length: 3\n\nabc",
    "GET / HTTP/1.1\nhost: ledger.example\ntransfer-encoding: chunked\n\n3\nabc\n0\n",
  ])
    assert.match(await ask(ambiguous), /^HTTP\/1\.1 400 /, ambiguous);
  assert.deepEqual(hosts, []);
  for (const clear of [
    "GET / HTTP/1.1\nhost: ledger.example\nconnection: close",
    "GET http://ledger.example:80/ HTTP/1.1\nhost: LEDGER.example\nconnection: close",
    "GET / HTTP/1.1\nhost: ledger.example\ncontent-length: 0\nconnection: close",
    "POST / HTTP/1.1\nhost: ledger.example\ncontent-length: 3\nconnection: close\n\nabc",
  ])
    assert.match(await ask(clear), /^HTTP\/1\.1 200 /, clear);
  assert.equal(hosts.length, 4);
});

test(
  "requests of one connection are answered in turn; sent far ahead they end it, and nobody waits for them",
  { timeout: 10_000 },
  async (t) => {
    let [begun, underWay, most] = [0, 0, 0];
    const { visit } = await aServer(t, {
      listener: (request, response) => {
        begun += 1;
        underWay += 1;
        most = Math.max(most, underWay);
        setTimeout(() => {
          underWay -= 1;
          response.end(`answer ${request.url} `);
        }, 5);
      },
    });
    const some = await visit();
    some.say(["a", "b", "c", "d"].map((name) => `GET /${name} HTTP/1.1\r\nhost: ledger.example\r\n\r\n`).join(""));
    await some.heard(/answer \/a [^]*answer \/b [^]*answer \/c [^]*answer \/d /);
    assert.equal(most, 1);
    begun = 0;
    const many = await visit();
    many.say(`${GET}\r\n`.repeat(5000));
    await many.toTheEnd();
    assert.ok(begun <= 1, `${begun} were begun`);
    some.say(`${GET}\r\n`);
    await some.heard(/answer \/ /);
  },
);

test("a form whose sender goes away in the middle is nobody's fault, and nothing is logged", { timeout: 20_000 }, async (t) => {
  const { town } = await aTown(t);
  const { program, logged } = aProgram(town);
  const doors = composeDoors(program);
  const listener = getRequestListener((request, env) => doors.fetch(request, env));
  const { visit } = await aServer(t, { listener: (request, response) => void listener(request, response) });
  const forms = [
    "content-type: application/x-www-form-urlencoded\ncontent-length: 100\n\ntitle=",
    "content-type: application/x-www-form-urlencoded\ntransfer-encoding: chunked\n\n6\ntitle=",
    `content-type: multipart/form-data; boundary=b\ncontent-length: ${5 * 1024 * 1024}\n\n--b`,
  ];
  for (const path of ["/report/photos", "/office/sign-in", "/api/v1/reports"])
    for (const form of forms) {
      const leaving = await visit();
      leaving.say(`POST ${path} HTTP/1.1\nhost: ledger.example\norigin: https://ledger.example\n${form}`.replaceAll("\n", "\r\n"));
      await sleep(30);
      leaving.leave();
    }
  const staying = await visit();
  staying.say("GET /ledger HTTP/1.1\r\nhost: ledger.example\r\n\r\n");
  await staying.heard(/<\/html>/);
  assert.deepEqual(logged, []);
});
