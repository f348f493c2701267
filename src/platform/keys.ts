import { hkdfSync, randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { CannotStart } from "./cannot-start.ts";
import type { Algorithms, KeyPurpose, Keys } from "./town.ts";

const MASTER_BYTES = 32;
const OTHERS = 0o077;

/** The key of one purpose: HKDF-SHA-256 (RFC 5869) of the master, so that one key leaked tells nothing of the others. */
export function keyFor(master: Buffer, purpose: KeyPurpose | "fingerprint"): Buffer {
  return Buffer.from(hkdfSync("sha256", master, "", `sanwen/${purpose}/1`, MASTER_BYTES));
}

export type MasterKey = Keys & {
  /** Tells two master keys apart and says nothing about either. */
  readonly fingerprint: string;
  /** Whether the file was made just now. */
  readonly isNew: boolean;
};

/** Reads the master key; makes it when there is none. What is sealed under it is lost with it. */
export async function openKeys(keyFile: string, algorithms: Algorithms = "international"): Promise<MasterKey> {
  const isNew = await makeWhenMissing(keyFile);
  const text = await readKeyFile(keyFile);
  await refuseWhenOthersMayRead(keyFile);
  const master = Buffer.from(text.split("\n", 1)[0] ?? "", "hex"); // the lines below it: notary.ts
  if (master.length !== MASTER_BYTES) {
    throw new CannotStart(
      `密钥文件 ${keyFile} 不是本程序写的，或已损坏。请从备份恢复；没有它就读不出举报人的联系方式。`,
      `The key file ${keyFile} was not written by this program, or is damaged. ` +
        "Restore it from a backup; without it the reporters' contacts cannot be read.",
    );
  }
  const kept = new Map<KeyPurpose, Buffer>();
  return {
    isNew,
    algorithms,
    fingerprint: keyFor(master, "fingerprint").toString("hex"),
    for(purpose) {
      const key = kept.get(purpose) ?? keyFor(master, purpose);
      kept.set(purpose, key);
      return key;
    },
  };
}

/** Written beside, flushed, then linked: a crash leaves a whole key or none, and of two starters one wins. */
async function makeWhenMissing(keyFile: string): Promise<boolean> {
  if ((await stat(keyFile).catch(() => null)) !== null) return false;
  const beside = `${keyFile}.${process.pid}`;
  try {
    await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
    const file = await open(beside, "wx", 0o600);
    await file.writeFile(`${randomBytes(MASTER_BYTES).toString("hex")}\n`);
    await file.sync();
    await file.close();
    await link(beside, keyFile).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "EEXIST") throw cause;
    });
    return true;
  } catch (cause) {
    throw new CannotStart(
      `无法写入密钥文件 ${keyFile}。请把 SANWEN_KEY_FILE 设为可写的位置。`,
      `Couldn't write the key file ${keyFile}. Set SANWEN_KEY_FILE to a place that can be written.`,
      cause,
    );
  } finally {
    await rm(beside, { force: true });
  }
}

async function readKeyFile(keyFile: string): Promise<string> {
  try {
    return await readFile(keyFile, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CannotStart(
      `读不了密钥文件 ${keyFile}（${why}）。请检查它是不是文件、归谁所有。`,
      `Couldn't read the key file ${keyFile} (${why}). Look at whether it is a file, and whose.`,
      cause,
    );
  }
}

async function refuseWhenOthersMayRead(keyFile: string): Promise<void> {
  const { mode } = await stat(keyFile);
  if (process.platform === "win32" || (mode & OTHERS) === 0) return;
  throw new CannotStart(
    `密钥文件 ${keyFile} 可被他人读取。请执行：chmod 600 ${keyFile}`,
    `Others may read the key file ${keyFile}. Run: chmod 600 ${keyFile}`,
  );
}
