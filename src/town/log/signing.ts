import { CannotStart } from "#platform/cannot-start";
import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";
import { formatCheckpoint, parseCheckpoint, type Checkpoint } from "#standards/tlog/checkpoint";
import { rootOf } from "#standards/tlog/hash";
import { formatNote, parseNote } from "#standards/tlog/note";
import { isSignedBy, type Signer } from "#standards/tlog/signer";
import { hashesFor } from "./tiles.ts";

/** The tree as the tiles make it. */
export type Tree = { readonly size: number; readonly root: Uint8Array };

/**
 * The note that may be shown for this tree: the one signed before a crash, or one signed now. Everything ever signed must be a
 * beginning of this tree; else nothing is signed and the program ends with the sentence. Remembered first, then returned: what
 * leaves this function can be signed again only as the same note.
 */
export async function signedNote(town: Town, notary: Notary, tree: Tree, shown: string | null): Promise<string> {
  const signer = await notary.logSigner(town.id);
  if (signer === null) throw new Error(`couldn't sign the log of ${town.id}: it has no key`); // name-log.ts makes it first
  const vkeys = [signer.vkey, ...(await notary.retiredVkeys(town.id))];
  const last = await notary.lastSigned(town.id);
  for (const note of [shown, last]) {
    if (note !== null) await refuseContradiction(town, readSigned(town, note, vkeys), tree);
  }
  if (last !== null && readSigned(town, last, vkeys).size === tree.size && isSignedBy(last, signer.vkey)) return last;
  const note = noteOf(signer, tree);
  await notary.remember(town.id, note);
  return note;
}

function noteOf(signer: Signer, tree: Tree): string {
  const text = formatCheckpoint({ origin: signer.name, ...tree });
  return formatNote(text, [signer.sign(text)]);
}

function readSigned(town: Town, text: string, vkeys: readonly string[]): Checkpoint {
  const note = parseNote(text);
  const checkpoint = note === null ? null : parseCheckpoint(note.text);
  if (checkpoint === null || !vkeys.some((vkey) => isSignedBy(text, vkey))) throw notOurs(town);
  return checkpoint;
}

async function refuseContradiction(town: Town, earlier: Checkpoint, tree: Tree): Promise<void> {
  if (earlier.size > tree.size) throw goesBackwards(town, earlier.size, tree.size);
  const root = rootOf(earlier.size, await hashesFor(town, earlier.size));
  if (!Buffer.from(root).equals(earlier.root)) throw contradicts(town, earlier.size);
}

function notOurs({ id }: Town): CannotStart {
  return new CannotStart(
    `${id} 的公开日志里有一个检查点不是用本镇密钥签的：数据库被改过，或密钥文件换过。没有签发任何东西。`,
    `A checkpoint in the public log of ${id} was not signed with this town's key: ` +
      "the database was changed, or the key file was. Nothing was signed.",
  );
}

function goesBackwards({ id }: Town, signed: number, now: number): CannotStart {
  return new CannotStart(
    `${id} 的公开日志签过 ${signed} 条，数据库里只有 ${now} 条：日志不能倒退。数据库是不是恢复成了较早的备份？请恢复更新的备份。`,
    `The public log of ${id} was signed at ${signed} entries, the database holds only ${now}: ` +
      "a log must not go backwards. Was the database put back to an earlier backup? Restore a newer one.",
  );
}

function contradicts({ id }: Town, size: number): CannotStart {
  return new CannotStart(
    `${id} 的公开日志前 ${size} 条与已签名的检查点不符：历史被改过。没有签发任何东西；请运行 npx sanwen log verify 查看。`,
    `The first ${size} entries of the public log of ${id} do not agree with the checkpoint signed over them: ` +
      "history was changed. Nothing was signed; run npx sanwen log verify.",
  );
}
