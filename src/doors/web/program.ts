import type { Logger } from "pino";
import type { Blobs } from "#platform/blobs";
import type { CallGateway } from "#platform/call-gateway";
import type { IdentityProvider } from "#platform/identity-provider";
import type { Notary } from "#platform/notary";
import type { Db, Keys } from "#platform/town";

/** What the roof hands to the doors: one running program, every town in it. */
export type Program = {
  readonly db: Db;
  readonly keys: Keys;
  readonly blobs: Blobs;
  readonly notary: Notary;
  /** Connects the desk with a reporter without showing the number; null when the deployment has none. */
  readonly callGateway: CallGateway | null;
  /** Lets officers sign in beside their passwords; null when the deployment has none. */
  readonly identityProvider: IdentityProvider | null;
  readonly log: Logger;
  /** The only wall clock. */
  readonly now: () => Date;
  /** Addresses and CIDR blocks whose word in X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Where people reach us, `https://…`; cookies are `Secure` and `__Host-` when it is https. */
  readonly origin: URL;
  /** Whether this is the one-time token printed at start; always false once a town exists. */
  readonly isSetUpToken: (token: string) => boolean;
  /** Whether every migration of this code is in the database, for /readyz. */
  readonly isReady: () => Promise<boolean>;
};
