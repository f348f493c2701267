import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { CONNECTIONS, type ConnectionBounds } from "#doors/bounds";
import { connectionCounter } from "#doors/web/address";

/** A server whose connections are bounded in number and time, whatever they carry and whoever opens them. */
export function boundedServer(
  listener: RequestListener,
  trustedProxies: readonly string[],
  bounds: ConnectionBounds = CONNECTIONS,
): Server {
  const server = createServer({ maxHeaderSize: bounds.headerBytes, connectionsCheckingInterval: bounds.lookMs }, listener);
  server.headersTimeout = bounds.headersMs;
  server.requestTimeout = bounds.requestMs;
  server.keepAliveTimeout = bounds.idleMs;
  server.timeout = bounds.silentMs;
  server.maxConnections = bounds.open.inAll;
  // One more than there may be is lost; connections that nobody uses make room for the next.
  server.on("drop", () => server.closeIdleConnections());
  boundAddresses(server, connectionCounter(trustedProxies), bounds.open.perAddress);
  return server;
}

function boundAddresses(server: Server, countedTo: (address: string) => string | null, most: number): void {
  const open = new Map<string, number>();
  server.on("connection", (socket) => {
    const address = countedTo(socket.remoteAddress ?? "");
    if (address === null) return;
    const own = open.get(address) ?? 0;
    if (own >= most) {
      socket.destroy();
      return;
    }
    open.set(address, own + 1);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

/**
 * Answers the requests of one connection one after the other (RFC 9112 §9.3.2): begun all at once, 5,000 of them in one write of 220 KB
 * took 340 MB and let everybody else's pages stand for 16 s. Whoever sends too far ahead is cut off.
 */
export function inTurn(listener: RequestListener, ahead: number = CONNECTIONS.ahead): RequestListener {
  const lines = new WeakMap<Socket, (() => void)[]>();
  return (request, response) => {
    const { socket } = request;
    const line = lines.get(socket) ?? [];
    lines.set(socket, line);
    if (line.length > ahead) {
      socket.destroy();
      return;
    }
    line.push(() => listener(request, response));
    response.once("close", () => {
      line.shift();
      if (!socket.destroyed) line[0]?.();
    });
    if (line.length === 1) line[0]?.();
  };
}

/** Hears only of requests that every reader on their way understands alike; others are refused, and their connection closed. */
export function clearRequests(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (isAmbiguous(request)) refuse(response);
    else listener(request, response);
  };
}

function refuse(response: ServerResponse): void {
  response.writeHead(400, { connection: "close", "content-type": "text/plain; charset=utf-8" });
  response.end("This request could not be read. 这个请求看不懂。\n");
}

function isAmbiguous({ method, url = "", headers, rawHeaders }: IncomingMessage): boolean {
  // RFC 9112 §3.2: exactly one Host; §3.2.2: an address that names a host names the same.
  if (rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host").length !== 1) return true;
  if (!url.startsWith("/") && URL.parse(url)?.host !== URL.parse(`http://${headers.host}`)?.host) return true;
  // RFC 9110 §9.3.1: what a body of a GET means is not defined, and none of ours has one.
  if (method !== "GET" && method !== "HEAD") return false;
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;
}
