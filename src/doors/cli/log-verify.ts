import { checkSealed } from "#audit/commit-sealed";
import type { House } from "#platform/house";
import type { Town } from "#platform/town";
import { checkEvents, type Mismatch } from "#proof/check-events";
import { checkStanding, type Differs } from "#proof/check-standing";
import { isOlderThanSigned, strangersIn } from "#proof/check-database";
import { checkLog, type Flaw, type ReadPath, type Verdict } from "#standards/tlog/check-log";
import { wordsOfDifference } from "./difference-words.ts";
import { textFlags } from "./flags.ts";
import { ownReader, readerOf, vkeysFrom } from "./log-places.ts";
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
  const signer = await notary.logSigner(town.id);
  const vkeys = [...(signer === null ? [] : [signer.vkey]), ...(await notary.retiredVkeys(town.id))];
  const verdict = await checkLog(ownReader(town), { vkeys, witnesses }, roof.progress);
  const code = tellVerdict(roof, verdict);
  if (!verdict.holds) return code;
  if (await isOlderThanSigned(town, notary)) {
    roof.print("✗ 数据库比已经签出的检查点旧 / the database is older than a checkpoint that was signed over it");
    return 1;
  }
  for (const stranger of await strangersIn(town.db)) {
    roof.print(`✗ ${stranger}：不是本程序的 / not of this program`);
    return 1;
  }
  for (const day of await checkSealed(town)) {
    roof.print(`✗ ${day} 以前的密件事件被改过 / sealed events from before ${day} were changed`);
    return 1;
  }
  const mismatch = await checkEvents(town, (leaves) => roof.progress(leaves, verdict.checkpoint.size));
  if (mismatch === null) {
    roof.print("✓ 数据库里的每个事件和文字都与日志相符 / every event and text in the database agrees with the log");
    return tellStanding(roof, await checkStanding(town, () => undefined));
  }
  const { zh, en } = MISMATCHES[mismatch.kind];
  roof.print(
    mismatch.kind === "event-without-leaf"
      ? `✗ ${mismatch.event}：${zh} / ${en}`
      : `✗ 第 ${mismatch.leaf} 条 / leaf ${mismatch.leaf}：${zh} / ${en}`,
  );
  return 1;
}

function tellStanding(roof: Roof, differences: readonly Differs[]): number {
  if (differences.length === 0) {
    roof.print("✓ 页面读取的每一行都与事件相符 / every row that a page reads stands as its events tell");
    return 0;
  }
  for (const differs of differences) roof.print(`✗ ${wordsOfDifference(differs)}`);
  return 1;
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
