import { CannotStart } from "#platform/cannot-start";
import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";
import { holdKeyFile } from "./hold-key-file.ts";

/**
 * Makes the key of a town's log when the town is new. The log is named, for ever, after its address without schema (C2SP
 * tlog-tiles): the town's own host name, else that of the program. A log that was signed before never gets a key this way.
 */
export async function nameLog(town: Town, notary: Notary, origin: URL): Promise<void> {
  if ((await notary.logSigner(town.id)) !== null) return;
  await holdKeyFile(town, (town) => makeFirstKey(town, notary, origin));
}

/** Asked again while the key file is held: the running program and `town add` may both have come for it. */
async function makeFirstKey(town: Town, notary: Notary, origin: URL): Promise<void> {
  if ((await notary.logSigner(town.id)) !== null) return;
  const signed = await town.db.selectFrom("log.checkpoint").select("size").where("town", "=", town.id).limit(1).executeTakeFirst();
  if (signed !== undefined || (await notary.lastSigned(town.id)) !== null) throw keyIsMissing(town);
  await notary.makeKey(town.id, "log", `${await hostOf(town, origin)}/log`);
}

/** The host people reach the town at. */
export async function hostOf(town: Town, origin: URL): Promise<string> {
  const row = await town.db.selectFrom("people.town").select("host").where("town", "=", town.id).executeTakeFirst();
  return row?.host ?? origin.host;
}

function keyIsMissing({ id }: Town): CannotStart {
  return new CannotStart(
    `${id} 的公开日志已有签名，但密钥文件里没有它的日志密钥。请从备份恢复密钥文件；确已丢失时见 docs/operations“日志密钥丢失”。`,
    `The public log of ${id} has been signed before, but the key file holds no log key for it. ` +
      `Restore the key file from a backup; if it is lost for good see "if the key is lost" in docs/operations.`,
  );
}
