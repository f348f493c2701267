import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "#platform/root";
import { Refusal } from "#refusals";
import { DECODER_WASM_PAGES, PHOTO_BOUNDS } from "./bounds.ts";
import type { Answer } from "./decode.ts";
import type { Picture } from "./picture.ts";
import { kindOf } from "./without-extras.ts";

/** How much may be asked of the decoder at once, and for how long. */
type Limits = {
  readonly atOnce: number;
  readonly decodeMs: number;
  readonly heicMs: number;
  readonly queued: number;
  readonly queuedOfSender: number;
  readonly queuedMs: number;
};

type Turn = { readonly sender: string; readonly bytes: Uint8Array; readonly done: (answer: Answer | Refusal) => void };

const IDLE_MS = 60_000;

/**
 * Decodes photos, and first pages of documents, in processes of their own, one at a time for each sender and few in all; others wait in
 * line, within bounds. One that takes too long is ended with its process, whatever native code it was in. Refusals: those of `pictureOf`,
 * file/busy, file/too-heavy.
 */
export function decoderWithin(limits: Limits): (sender: string, bytes: Uint8Array) => Promise<Picture> {
  const line: Turn[] = [];
  const served = new Set<string>();
  const idle: ChildProcess[] = [];

  function next(): void {
    while (served.size < limits.atOnce) {
      const at = line.findIndex(({ sender }) => !served.has(sender));
      const [turn] = at < 0 ? [] : line.splice(at, 1);
      if (turn === undefined) return;
      served.add(turn.sender);
      void serve(turn);
    }
  }

  async function serve({ sender, bytes, done }: Turn): Promise<void> {
    const child = idle.pop() ?? start();
    const answer = await ask(child, bytes, kindOf(bytes) === "heif" ? limits.heicMs : limits.decodeMs);
    if ("spent" in answer && !answer.spent) rest(child, idle);
    else child.kill("SIGKILL");
    served.delete(sender);
    // In turn: whoever was served waits behind everybody else.
    line.sort((one, other) => Number(one.sender === sender) - Number(other.sender === sender));
    done(answer);
    next();
  }

  return async (sender, bytes) => {
    const before = line.filter((turn) => turn.sender === sender).length;
    if (line.length >= limits.queued || before >= limits.queuedOfSender) throw new Refusal("file/busy");
    const answer = await new Promise<Answer | Refusal>((resolve) => {
      const turn: Turn = { sender, bytes, done: resolve };
      line.push(turn);
      setTimeout(() => {
        const at = line.indexOf(turn);
        if (at >= 0) line.splice(at, 1);
        if (at >= 0) resolve(new Refusal("file/busy"));
      }, limits.queuedMs).unref();
      next();
    });
    return pictureIn(answer);
  };
}

/** One core is left for pages. */
export const decode = decoderWithin({ ...PHOTO_BOUNDS, atOnce: Math.min(4, Math.max(1, availableParallelism() - 1)) });

function pictureIn(answer: Answer | Refusal): Picture {
  if (answer instanceof Refusal) throw answer;
  if ("refusal" in answer) throw new Refusal(answer.refusal);
  if ("fault" in answer) throw new Error(`couldn't decode a photo: ${answer.fault}`);
  return answer.picture;
}

function start(): ChildProcess {
  const child = fork(join(ROOT, "src/town/evidence/decode.ts"), {
    env: {}, // nothing in it is for strangers' bytes: addresses, passwords, keys
    execArgv: [`--wasm-max-mem-pages=${DECODER_WASM_PAGES}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.on("error", () => undefined); // an answer that cannot be given any more; `exit` tells the rest
  return child;
}

const Answer = z.custom<Answer>((answer) => typeof answer === "object" && answer !== null); // written by decode.ts

/** The child's answer; ended early, by us or by what it read, it refuses the photo. */
function ask(child: ChildProcess, bytes: Uint8Array, limitMs: number): Promise<Answer> {
  child.ref();
  child.channel?.ref();
  return new Promise((resolve) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, limitMs);
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      child.removeAllListeners("message").removeAllListeners("exit");
      resolve(answer);
    };
    child.once("message", (answer) => settle(Answer.parse(answer)));
    child.once("exit", (code, signal) => {
      if (late) settle({ refusal: "file/too-heavy", spent: true });
      else if (signal === null) settle({ fault: `its process ended with ${code}` });
      else settle({ refusal: "file/not-an-image", spent: true });
    });
    child.send(bytes);
  });
}

/** Kept for the next photo; given back after a while. Nothing of the program waits for it. */
function rest(child: ChildProcess, idle: ChildProcess[]): void {
  child.unref();
  child.channel?.unref();
  idle.push(child);
  const gone = () => {
    const at = idle.indexOf(child);
    if (at >= 0) idle.splice(at, 1);
    return at >= 0;
  };
  child.once("exit", gone);
  setTimeout(() => {
    if (gone()) child.kill("SIGKILL");
  }, IDLE_MS).unref();
}
