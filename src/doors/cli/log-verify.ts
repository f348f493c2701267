import type { House } from "#platform/house";
import type { Town } from "#platform/town";
import type { Mismatch } from "#proof/check-events";
import { verifyOwnLog, type Broken } from "#proof/verify-own-log";
import { checkLog, type Flaw, type ReadPath, type Verdict } from "#standards/tlog/check-log";
import { wordsOfDifference } from "./difference-words.ts";
import { textFlags } from "./flags.ts";
import { readerOf, vkeysFrom } from "./log-places.ts";
import type { Command, Roof } from "./roof.ts";
import { WHICH_TOWN, whichTown } from "./towns.ts";

export const FLAWS: Record<Flaw, { readonly zh: string; readonly en: string }> = {
  "no-checkpoint": { zh: "没有检查点", en: "there is no checkpoint" },
  "malformed-checkpoint": { zh: "检查点格式不对", en: "the checkpoint is malformed" },
  "not-signed": { zh: "检查点不是用给定的公钥签的", en: "the checkpoint is not signed by a key that was given" },
  missing: { zh: "缺文件", en: "a file is missing" },
  "malformed-entries": { zh: "内容文件格式不对", en: "a file of entries is malformed" },
  "leaf-differs": { zh: "内容与散列不符", en: "an entry does not hash to its leaf" },
  "tile-differs": { zh: "散列文件与下层不符", en: "a tile does not agree with the one below it" },
  "root-differs": { zh: "全部散列与签名的根不符", en: "the hashes do not lead to the signed root" },
};

const MISMATCHES: Record<Mismatch["kind"], { readonly zh: string; readonly en: string }> = {
  "event-missing": { zh: "数据库里没有这一条对应的事件", en: "the event behind it is not in the database" },
  "event-changed": { zh: "数据库里的事件与日志不符", en: "the event in the database is not the one in the log" },
  "words-changed": { zh: "数据库里的文字与日志里的承诺不符", en: "the words in the database do not match their commitment" },
  "words-gone": { zh: "数据库里的文字不见了，也没有事件说删去过", en: "the words are gone, and no event says that they were redacted" },
  "event-without-leaf": { zh: "数据库里有一个事件不在日志里", en: "an event in the database is not in the log" },
};

/**
 * Hashes a whole log again. Without --from it is our own, and the database behind it is compared too; exit code 1 names the first bad
 * leaf.
 */
export function verifyLog(args: readonly string[]): Command {
  const { town, from, vkey, witness } = textFlags(args, ["town", "from", "vkey", "witness"]);
  const witnesses = listed(witness);
  if (from !== undefined) return (roof) => verifyThere(roof, readerOf(from), listed(vkey), witnesses);
  return (roof) =>
    roof.visit(async (house) => {
      const place = await whichTown(house, town);
      if (place !== null) return verifyOwn(roof, house, place, witnesses);
      roof.complain(WHICH_TOWN);
      return 1;
    });
}

function listed(flag: string | undefined): readonly string[] {
  return (flag ?? "").split(",").filter((word) => word !== "");
}

async function verifyThere(roof: Roof, read: ReadPath, given: readonly string[], witnesses: readonly string[]): Promise<number> {
  const vkeys = given.length > 0 ? given : await vkeysFrom(read);
  if (given.length === 0) {
    roof.complain("没有给 --vkey：用的是日志自己公布的公钥 / No --vkey was given: the key is the one the log publishes itself");
    for (const vkey of vkeys) roof.complain(`  ${vkey}`);
  }
  return tellVerdict(roof, await checkLog(read, { vkeys, witnesses }, roof.progress));
}

async function verifyOwn(roof: Roof, { notary }: House, town: Town, witnesses: readonly string[]): Promise<number> {
  const { log, broken } = await verifyOwnLog(town, notary, roof.now(), { witnesses, progress: roof.progress });
  const code = tellVerdict(roof, log);
  if (!log.holds) return code;
  if (broken === null || broken.what === "rows")
    roof.print("✓ 数据库里的每个事件和文字都与日志相符 / every event and text in the database agrees with the log");
  if (broken === null) {
    roof.print("✓ 页面读取的每一行都与事件相符 / every row that a page reads stands as its events tell");
    return 0;
  }
  for (const words of wordsOfBroken(broken)) roof.print(`✗ ${words}`);
  return 1;
}

function wordsOfBroken(broken: Broken): readonly string[] {
  if (broken.what === "rows") return broken.differences.map(wordsOfDifference);
  if (broken.what === "event") return [wordsOfMismatch(broken.mismatch)];
  if (broken.what === "stranger") return [`${broken.stranger}：不是本程序的 / not of this program`];
  if (broken.what === "sealed") return [`${broken.day} 以前的密件事件被改过 / sealed events from before ${broken.day} were changed`];
  return ["数据库比已经签出的检查点旧 / the database is older than a checkpoint that was signed over it"];
}

function wordsOfMismatch(mismatch: Mismatch): string {
  const { zh, en } = MISMATCHES[mismatch.kind];
  if (mismatch.kind === "event-without-leaf") return `${mismatch.event}：${zh} / ${en}`;
  return `第 ${mismatch.leaf} 条 / leaf ${mismatch.leaf}：${zh} / ${en}`;
}

export function tellVerdict(roof: Roof, verdict: Verdict): number {
  if (!verdict.holds) {
    const { zh, en } = FLAWS[verdict.why];
    const where = verdict.leaf === null ? verdict.path : `第 ${verdict.leaf} 条 / leaf ${verdict.leaf} (${verdict.path})`;
    roof.print(`✗ ${where}：${zh} / ${en}`);
    return 1;
  }
  const { origin, size, root } = verdict.checkpoint;
  roof.print(`✓ ${origin}：${size} 条全部相符 / all ${size} leaves agree`);
  roof.print(`  ${Buffer.from(root).toString("base64")}`);
  for (const { vkey, atSeconds } of verdict.cosigned) {
    roof.print(`  见证 / witnessed: ${vkey.split("+")[0]}, ${new Date(atSeconds * 1000).toISOString()}`);
  }
  return 0;
}
