/** Connects two telephones without showing either number to the other. */
export type CallGateway = { connect(call: Call): Promise<boolean> };

export type Call = { readonly town: string; readonly call: string; readonly caller: string; readonly callee: string };

const ANSWER_MS = 10_000;

/**
 * A gateway reached over HTTP (docs/operations/call-gateway.md): one POST a call, answered 2xx when the caller's telephone rings.
 * Anything else, or no answer within ten seconds, counts as not connected. Neither number is written anywhere here.
 */
export function openCallGateway({ url, token }: { readonly url: URL; readonly token: string }): CallGateway {
  return {
    async connect(call) {
      try {
        const response = await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json", ...(token === "" ? {} : { authorization: `Bearer ${token}` }) },
          body: JSON.stringify(call),
          redirect: "error",
          signal: AbortSignal.timeout(ANSWER_MS),
        });
        await response.body?.cancel();
        return response.ok;
      } catch {
        return false; // unreachable or too slow: the officer is told to look at the number instead
      }
    },
  };
}
