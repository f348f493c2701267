import { shortened } from "#platform/characters";
import type { Town } from "#platform/town";
import { cosignedAt } from "#standards/tlog/cosignature";
import { formatAddCheckpoint } from "#standards/tlog/witness-request";
import { consistencyProofOf } from "#log/queries";
import { newestCheckpoint } from "./queries.ts";

const LONGEST_FAILURE = 500;

export type Witness = { readonly name: string; readonly vkey: string; readonly url: string; readonly knownSize: number };

/** A question to one witness: the body of `add-checkpoint`, and what it is about. */
export type Question = { readonly witness: Witness; readonly size: number; readonly checkpoint: string; readonly body: string };

export async function listWitnesses(town: Town): Promise<readonly Witness[]> {
  return town.db
    .selectFrom("proof.witness")
    .select(["name", "vkey", "url", "known_size as knownSize"])
    .where("town", "=", town.id)
    .orderBy("name")
    .execute();
}

/** What to ask each witness that has not cosigned the newest checkpoint; empty when all have. */
export async function openQuestions(town: Town): Promise<readonly Question[]> {
  const newest = await newestCheckpoint(town);
  if (newest === null) return [];
  const open = (await listWitnesses(town)).filter(({ name }) => !newest.cosigned.some(({ witness }) => witness === name));
  return Promise.all(
    open.map(async (witness) => {
      const oldSize = Math.min(witness.knownSize, newest.size);
      const proof = oldSize === 0 ? [] : await consistencyProofOf(town, oldSize, newest.size);
      return {
        witness,
        size: newest.size,
        checkpoint: newest.note,
        body: formatAddCheckpoint({ oldSize, proof, checkpoint: newest.note }),
      };
    }),
  );
}

/** Keeps the witness's cosignature when its answer holds one by its key; says whether it did. */
export async function keepCosignature(town: Town, at: Date, { witness, size, checkpoint }: Question, answer: string): Promise<boolean> {
  const line = answer.split("\n").find((one) => cosignedAt(`${checkpoint}${one}\n`, witness.vkey) !== null);
  if (line === undefined) return false;
  await town.db
    .insertInto("proof.cosignature")
    .values({ town: town.id, size, witness: witness.name, line, cosigned_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await town.db
    .updateTable("proof.witness")
    .set({ known_size: size, failed_at: null, failure: null })
    .where("town", "=", town.id)
    .where("name", "=", witness.name)
    .execute();
  return true;
}

/** Keeps what the witness says it has seen last, so that the next question starts there. */
export async function correctKnownSize(town: Town, { witness }: Question, size: number): Promise<void> {
  await town.db
    .updateTable("proof.witness")
    .set({ known_size: size })
    .where("town", "=", town.id)
    .where("name", "=", witness.name)
    .execute();
}

/** Keeps why a witness could not be had, for the log's page. */
export async function keepFailure(town: Town, at: Date, { witness }: Question, failure: string): Promise<void> {
  await town.db
    .updateTable("proof.witness")
    .set({ failed_at: at, failure: shortened(failure, LONGEST_FAILURE) })
    .where("town", "=", town.id)
    .where("name", "=", witness.name)
    .execute();
}
