import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { logSigner, type Signer } from "#standards/tlog/signer";
import { witnessSigner, type WitnessSigner } from "#standards/tlog/cosignature";
import { CannotStart, type Say } from "./cannot-start.ts";

/**
 * Holds what a town signs its log with, in the key file and nowhere else, and remembers, outside the database, what it signed last:
 * so a database that was put back to an earlier day is noticed before anything is signed.
 */
export type Notary = {
  /** What signs the town's checkpoints; null before there is a key. */
  logSigner(town: string): Promise<Signer | null>;
  /** What this town cosigns other towns' checkpoints with; null before there is a key. */
  witnessSigner(town: string): Promise<WitnessSigner | null>;
  /** Makes the town's first key of the kind: 32 random bytes under this name (C2SP: the address without schema). */
  makeKey(town: string, kind: "log" | "witness", name: string): Promise<void>;
  /** Makes the key that will sign after the present one, or finds the one made before a crash; its vkey. */
  prepareNextKey(town: string): Promise<string>;
  /** From now on the prepared key signs; of the former only the vkey stays. */
  startNextKey(town: string): Promise<void>;
  /** Notes a vkey whose key is lost, so that what it signed is still known for the town's own, and makes a new key of the name. */
  replaceLostKey(town: string, vkey: string, name: string): Promise<void>;
  /** The vkeys that signed this town's log before the present one, newest first. */
  retiredVkeys(town: string): Promise<readonly string[]>;
  /** The note last signed for this town; null when none was, or not on this machine. */
  lastSigned(town: string): Promise<string | null>;
  /** Written down before it is shown: after a crash the same note is shown, not another one signed. */
  remember(town: string, note: string): Promise<void>;
};

type Line = { readonly kind: "log" | "witness" | "next" | "retired"; readonly town: string; readonly name: string; readonly value: string };

const SEED_BYTES = 32;

/**
 * The key file's first line is the master key (keys.ts), so it is there; each further line is `log|next|witness TOWN NAME SEED` or
 * `retired TOWN log VKEY`.
 */
export function openNotary(keyFile: string, folder: string, say: Say = () => undefined): Notary {
  const noteOf = (town: string) => join(folder, `${town}.checkpoint`);
  const known = remembering(keyFile, say);
  const find = async (town: string, kind: Line["kind"]) => (await known()).find((line) => line.town === town && line.kind === kind);
  return {
    async logSigner(town) {
      const line = await find(town, "log");
      return line === undefined ? null : signerOf(line);
    },
    async witnessSigner(town) {
      const line = await find(town, "witness");
      return line === undefined ? null : witnessSigner(line.name, Buffer.from(line.value, "hex"));
    },
    async makeKey(town, kind, name) {
      if ((await find(town, kind)) !== undefined) throw new Error(`couldn't make a ${kind} key for ${town}: there is one`);
      await changeLines(keyFile, (lines) => [...lines, newKey(kind, town, name)]);
    },
    async prepareNextKey(town) {
      const [present, prepared] = [await find(town, "log"), await find(town, "next")];
      if (prepared !== undefined) return signerOf(prepared).vkey;
      if (present === undefined) throw new Error(`couldn't prepare the next key of ${town}: there is no present one`);
      const next = newKey("next", town, present.name);
      await changeLines(keyFile, (lines) => [...lines, next]);
      return signerOf(next).vkey;
    },
    async startNextKey(town) {
      if ((await find(town, "next")) === undefined) throw new Error(`couldn't start the next key of ${town}: none is prepared`);
      await changeLines(keyFile, (lines) =>
        lines.map((line) => {
          if (line.town !== town) return line;
          if (line.kind === "log") return { kind: "retired", town, name: "log", value: signerOf(line).vkey };
          return line.kind === "next" ? { ...line, kind: "log" } : line;
        }),
      );
    },
    replaceLostKey: (town, vkey, name) =>
      changeLines(keyFile, (lines) => [...lines, { kind: "retired", town, name: "log", value: vkey }, newKey("log", town, name)]),
    async retiredVkeys(town) {
      const lines = await known();
      return lines.flatMap((line) => (line.kind === "retired" && line.town === town ? [line.value] : [])).toReversed();
    },
    lastSigned: (town) => readFile(noteOf(town), "utf8").catch(nullWhenMissing),
    async remember(town, note) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(noteOf(town), note);
    },
  };
}

/**
 * The file's lines; while it cannot be read, those it had when it last could, so that nobody stops a town's log by removing a file.
 * That it is missing is said once each time: its keys are lost with this process.
 */
function remembering(keyFile: string, say: Say): () => Promise<readonly Line[]> {
  let lines = linesIn(readFileSync(keyFile, "utf8"), keyFile);
  let isMissing = false;
  return async () => {
    try {
      lines = await linesOf(keyFile);
      isMissing = false;
      return lines;
    } catch (error) {
      if (error instanceof CannotStart) throw error;
      if (!isMissing)
        say(
          `读不到密钥文件 ${keyFile}。程序暂用内存里的密钥继续签名；请在停止程序之前从备份恢复它。`,
          `The key file ${keyFile} cannot be read. The program goes on with the keys it remembers; ` +
            "restore the file from a backup before it stops.",
        );
      isMissing = true;
      return lines;
    }
  };
}

function signerOf({ name, value }: Line): Signer {
  return logSigner(name, Buffer.from(value, "hex"));
}

function newKey(kind: Line["kind"], town: string, name: string): Line {
  return { kind, town, name, value: randomBytes(SEED_BYTES).toString("hex") };
}

async function changeLines(keyFile: string, change: (lines: readonly Line[]) => readonly Line[]): Promise<void> {
  const [master = ""] = (await readFile(keyFile, "utf8")).split("\n", 1);
  const lines = change(await linesOf(keyFile)).map(({ kind, town, name, value }) => `${kind} ${town} ${name} ${value}`);
  await writeWhole(keyFile, `${[master, ...lines].join("\n")}\n`);
}

async function linesOf(keyFile: string): Promise<readonly Line[]> {
  return linesIn(await readFile(keyFile, "utf8"), keyFile);
}

function linesIn(content: string, keyFile: string): readonly Line[] {
  const [, ...lines] = content.trim().split("\n");
  return lines.map((text) => {
    const [, kind, town, name, value] = /^(log|witness|next|retired) (\S+) (\S+) (\S+)$/.exec(text) ?? [];
    if (!isKind(kind) || town === undefined || name === undefined || value === undefined) throw damaged(keyFile);
    return { kind, town, name, value };
  });
}

function isKind(word: string | undefined): word is Line["kind"] {
  return word === "log" || word === "witness" || word === "next" || word === "retired";
}

/** Beside, flushed, then renamed: a crash leaves the old file or the new one, whole. */
async function writeWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}`;
  try {
    const file = await open(beside, "w", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    await flushFolder(dirname(path));
  } finally {
    await rm(beside, { force: true });
  }
}

/** The renaming is on disk too; Windows opens no folders and flushes them by itself. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}

function damaged(keyFile: string): CannotStart {
  return new CannotStart(
    `密钥文件 ${keyFile} 里有一行不是本程序写的。请从备份恢复。`,
    `The key file ${keyFile} holds a line that this program did not write. Restore it from a backup.`,
  );
}
