import { readFileSync } from "node:fs";
import type { Configuration } from "openid-client";
import { CannotStart } from "./cannot-start.ts";

/** What a browser carries to the provider and back: it proves that whoever comes back is who went (RFC 6749 §10.12, RFC 7636). */
export type Flow = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Who somebody is at the provider. */
export type Identity = { readonly issuer: string; readonly subject: string };

/** `refused`: by the provider, by its user, or because what came back is not what was asked for. */
export type Came =
  | ({ readonly ended: "known" } & Identity)
  | { readonly ended: "refused"; readonly why: unknown }
  | { readonly ended: "away"; readonly why: unknown };

export type Went = { readonly ended: "led"; readonly to: URL; readonly flow: Flow } | { readonly ended: "away"; readonly why: unknown };

/** Somebody else who knows the officers and lets them sign in (OpenID Connect Core, authorization code with PKCE). */
export type IdentityProvider = {
  /** Its name for itself, as it stands in what it signs: what subjects are bound under. */
  readonly issuer: string;
  /** Where to lead a browser that shall come back to `back`. */
  go(back: URL): Promise<Went>;
  /** Who came back to the address `asked`, with the flow it left with. */
  come(asked: URL, flow: Flow): Promise<Came>;
};

export type ProviderSettings = { readonly issuer: URL; readonly clientId: string; readonly secretFile: string | null };

const ANSWER_S = 10;

/** The library is loaded by the first who signs in this way, and what the provider says of itself is asked for then. */
export function openIdentityProvider({ issuer, clientId, secretFile }: ProviderSettings): IdentityProvider {
  const secret = secretFile === null ? undefined : readSecret(secretFile);
  let known: Promise<Configuration> | null = null;
  const ask = async () => {
    const client = await import("openid-client");
    known ??= client.discovery(issuer, clientId, secret, undefined, {
      timeout: ANSWER_S,
      execute: issuer.protocol === "http:" ? [client.allowInsecureRequests] : [], // this machine's own: settings.ts
    });
    try {
      return { client, config: await known };
    } catch (why) {
      known = null; // it may be back for the next
      throw why;
    }
  };
  return {
    issuer: issuer.href.replace(/\/$/, ""),
    async go(back) {
      try {
        const { client, config } = await ask();
        const flow = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
        const to = client.buildAuthorizationUrl(config, {
          redirect_uri: back.href,
          scope: "openid",
          state: flow.state,
          nonce: flow.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
          code_challenge_method: "S256",
        });
        return { ended: "led", to, flow };
      } catch (why) {
        return { ended: "away", why };
      }
    },
    async come(asked, { state, nonce, verifier }) {
      try {
        const { client, config } = await ask();
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
        const claims = (await client.authorizationCodeGrant(config, asked, checks)).claims();
        if (claims === undefined) return { ended: "refused", why: new Error("no id token") };
        return { ended: "known", issuer: claims.iss.replace(/\/$/, ""), subject: claims.sub };
      } catch (why) {
        return { ended: isAway(why) ? "away" : "refused", why };
      }
    },
  };
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new CannotStart(
      `读不到统一身份认证的密钥文件 ${file}。请检查 SANWEN_OIDC_SECRET_FILE。`,
      `Couldn't read ${file}, the secret of the identity provider's client. Look at SANWEN_OIDC_SECRET_FILE.`,
      cause,
    );
  }
}

/** No answer, or none in time: a fault of the way there, not of whoever signs in. */
function isAway(why: unknown): boolean {
  if (!(why instanceof Error)) return false;
  if ("code" in why && why.code === "OAUTH_TIMEOUT") return true;
  return (why instanceof TypeError && why.message === "fetch failed") || isAway(why.cause);
}
