import type { MiddlewareHandler } from "hono";

/** Pages load nothing but our own files and run no script but ours; nobody frames them. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // The hash is that of the one style Turbo writes into office pages, its progress bar's; a journey fails when it moves.
  "style-src 'self' 'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = [
  ["content-security-policy", POLICY],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["origin-agent-cluster", "?1"],
  ["permissions-policy", "geolocation=(self), camera=(), microphone=()"],
  // Receipts and report pages must not leak their address to anyone.
  ["referrer-policy", "same-origin"],
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["x-permitted-cross-domain-policies", "none"],
] as const;

const TWO_YEARS_S = 2 * 365 * 86_400;

/**
 * The headers every answer carries. Set before the page is written: touching them afterwards makes the server build a
 * second response around the first, which was a fifth of what a page of the ledger cost.
 */
export function safeHeaders(origin: URL): MiddlewareHandler {
  const isHttps = origin.protocol === "https:";
  return async (context, next) => {
    for (const [name, value] of HEADERS) context.header(name, value);
    if (isHttps) context.header("strict-transport-security", `max-age=${TWO_YEARS_S}`);
    await next();
  };
}
