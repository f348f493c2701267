import type { Town } from "#platform/town";
import { correctKnownSize, keepCosignature, keepFailure, openQuestions, type Question } from "#proof/witnesses";

const ANSWER_MS = 10_000;
const LARGEST_ANSWER = 64 * 1024;

/** Asks every witness that has not cosigned the newest checkpoint; one that fails is noted, and asked again the next time. */
export async function askWitnesses(town: Town, at: Date, stopped: AbortSignal): Promise<void> {
  await Promise.all((await openQuestions(town)).map((question) => ask(town, at, question, stopped)));
}

async function ask(town: Town, at: Date, question: Question, stopped: AbortSignal): Promise<void> {
  try {
    const response = await fetch(`${question.witness.url.replace(/\/$/, "")}/add-checkpoint`, {
      method: "POST",
      body: question.body,
      redirect: "error",
      signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MS), stopped]),
    });
    const answer = (await response.text()).slice(0, LARGEST_ANSWER);
    if (response.status === 409 && /^(?:0|[1-9]\d{0,14})\n$/.test(answer)) {
      await correctKnownSize(town, question, Number(answer));
      return;
    }
    if (response.status !== 200) await keepFailure(town, at, question, `${response.status} ${answer.trim()}`);
    else if (!(await keepCosignature(town, at, question, answer))) await keepFailure(town, at, question, "no cosignature by its key");
  } catch (error) {
    if (stopped.aborted) return; // the program ends; the witness is not to blame
    await keepFailure(town, at, question, error instanceof Error ? error.message : "no answer");
  }
}
