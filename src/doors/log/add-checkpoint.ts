import type { Context } from "hono";
import type { Entered } from "#doors/enter";
import type { Town } from "#platform/town";
import { cosignCheckpoint } from "#proof/cosign-checkpoint";
import type { LogHouse } from "./house.ts";

/** C2SP tlog-witness `add-checkpoint`: this town watches other towns' logs, each request judged as the specification says. */
export async function addCheckpoint(house: LogHouse, town: Town, context: Context<Entered>): Promise<Response> {
  const request = await context.get("entry").body();
  const answer = await cosignCheckpoint(town, house.notary, house.now(), request.toString("utf8"));
  if (answer.kind === "cosigned") return context.text(`${answer.line}\n`);
  if (answer.kind === "other-size") return context.body(`${answer.size}\n`, 409, { "content-type": "text/x.tlog.size" });
  const [status, sentence] = NO[answer.kind];
  return context.text(`${sentence}\n`, status);
}

const NO = {
  malformed: [400, "malformed request"],
  "unknown-log": [404, "this witness does not know that log"],
  "not-signed": [403, "not signed by the log's key"],
  "not-consistent": [422, "the proof does not lead from the tree cosigned before to this one"],
} as const;
