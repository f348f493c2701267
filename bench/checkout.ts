import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { ledgerOf, type Ledger } from "./ledgers.ts";
import { measureProof, type ProofMeasured } from "./proof.ts";

/** A checkout whose program is measured: this one, or an older one beside it. */
export type Checkout = {
  readonly root: string;
  ledger(count: number): Promise<Ledger>;
  proof(): Promise<ProofMeasured>;
};

export function thisOne(server: string | null): Checkout {
  return { root: join(import.meta.dirname, ".."), ledger: (count) => ledgerOf(count, server), proof: measureProof };
}

const OlderProof = z.object({
  measureProof: z.custom<typeof measureProof>((exported) => typeof exported === "function"),
});

/** An older checkout whose own bench has made its ledgers, so that each program runs on a schema of its own age. */
export function older(root: string): Checkout {
  return {
    root,
    ledger: async (count) => {
      const folder = join(root, "bench/data", String(count));
      if (!existsSync(join(folder, "made-by"))) throw new Error(`couldn't find ${folder}: let the older checkout's bench make it first`);
      return { count, folder, databaseUrl: null };
    },
    proof: async () => OlderProof.parse(await import(pathToFileURL(join(root, "bench/proof.ts")).href)).measureProof(),
  };
}
