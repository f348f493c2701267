import { SYSTEM } from "#audit/append-event";
import type { House } from "#platform/house";
import { originOf } from "#platform/settings";
import type { Town } from "#platform/town";
import { addWitness, AddWitness } from "#proof/add-witness";
import { hostOf } from "#log/name-log";
import { removeWitness } from "#proof/remove-witness";
import { retake } from "#log/retake";
import { rotateKey, rotateLostKey } from "#log/rotate-key";
import { FOLLOWERS } from "#doors/followers";
import { TELLING } from "#proof/told";
import { unwatchLog } from "#proof/unwatch-log";
import { watchLog, WatchLog } from "#proof/watch-log";
import { listWitnesses } from "#proof/witnesses";
import { meant, textFlags, wrongFlag } from "./flags.ts";
import { exportLog } from "./log-export.ts";
import { figuresCommand } from "./log-figures.ts";
import { monitorLog } from "./log-monitor.ts";
import { verifyLog } from "./log-verify.ts";
import { Misused, type Command, type Roof } from "./roof.ts";
import { WHICH_TOWN, whichTown } from "./towns.ts";

const ACTS = "vkey、verify、figures、export、monitor、rotate-key、retake、witness、watch、unwatch";

/** `sanwen log …`: the public log, from the operator's side. */
export function logCommand([act, ...args]: readonly string[]): Command {
  switch (act) {
    case "vkey":
      return inTown(textFlags(args, ["town"])["town"], printVkeys);
    case "verify":
      return verifyLog(args);
    case "figures":
      return figuresCommand(args);
    case "export": {
      const { town, to } = textFlags(args, ["town", "to"]);
      if (to === undefined) throw wrongFlag("to", true);
      return inTown(town, (roof, _house, place) => exportLog(roof, place, to));
    }
    case "monitor":
      return monitorLog(args);
    case "rotate-key": {
      const { town, lost } = textFlags(args, ["town", "lost"]);
      return inTown(town, (roof, house, place) => rotate(roof, house, place, lost));
    }
    case "retake":
      return inTown(textFlags(args, ["town"])["town"], retakeAll);
    case "witness":
      return witnessCommand(args);
    case "watch": {
      const { town, ...flags } = textFlags(args, ["town", "vkey"]);
      const what = meant(WatchLog, flags, { vkey: "vkey" });
      return inTown(town, (roof, house, place) => watch(roof, house, place, what));
    }
    case "unwatch": {
      const { town, origin } = textFlags(args, ["town", "origin"]);
      if (origin === undefined) throw wrongFlag("origin", true);
      return inTown(town, async (roof, _house, place) => {
        await unwatchLog(place, SYSTEM, roof.now(), { origin });
        roof.print(`不再见证 ${origin} / No longer a witness of ${origin}`);
        return 0;
      });
    }
    case undefined:
    default:
      throw new Misused(`log 之后应为 ${ACTS} / After log comes ${ACTS.replaceAll("、", ", ")}`);
  }
}

function witnessCommand([act, ...args]: readonly string[]): Command {
  switch (act) {
    case "add": {
      const { town, ...flags } = textFlags(args, ["town", "vkey", "url"]);
      const what = meant(AddWitness, flags, { vkey: "vkey", url: "url" });
      return inTown(town, async (roof, _house, place) => {
        const name = await addWitness(place, SYSTEM, roof.now(), what);
        roof.print(`已添加见证方 ${name} / Added the witness ${name}`);
        return 0;
      });
    }
    case "remove": {
      const { town, name } = textFlags(args, ["town", "name"]);
      if (name === undefined) throw wrongFlag("name", true);
      return inTown(town, async (roof, _house, place) => {
        await removeWitness(place, SYSTEM, roof.now(), { name });
        roof.print(`已移除见证方 ${name} / Removed the witness ${name}`);
        return 0;
      });
    }
    case "list":
      return inTown(textFlags(args, ["town"])["town"], async (roof, _house, place) => {
        for (const { name, url, vkey } of await listWitnesses(place)) roof.print([name, url, vkey].join("\t"));
        return 0;
      });
    case undefined:
    default:
      throw new Misused("log witness 之后应为 add、remove 或 list / After log witness comes add, remove or list");
  }
}

type InTown = (roof: Roof, house: House, town: Town) => Promise<number>;

function inTown(id: string | undefined, work: InTown): Command {
  return (roof) =>
    roof.visit(async (house) => {
      const town = await whichTown(house, id);
      if (town !== null) return work(roof, house, town);
      roof.complain(WHICH_TOWN);
      return 1;
    });
}

async function printVkeys(roof: Roof, { notary }: House, town: Town): Promise<number> {
  const signer = await notary.logSigner(town.id);
  if (signer === null) {
    roof.complain("日志还没有密钥：启动一次程序就会补上 / The log has no key yet: starting the program makes it");
    return 1;
  }
  for (const vkey of [signer.vkey, ...(await notary.retiredVkeys(town.id))]) roof.print(vkey);
  return 0;
}

async function rotate(roof: Roof, { notary }: House, town: Town, lost: string | undefined): Promise<number> {
  const name = `${await hostOf(town, originOf(roof.settings))}/log`;
  const vkey =
    lost === undefined
      ? await rotateKey(town, { notary, telling: TELLING }, SYSTEM, roof.now())
      : await rotateLostKey(town, notary, SYSTEM, roof.now(), { vkey: lost, name });
  roof.print("新的日志公钥，请告知见证方与监督方，并备份密钥文件：");
  roof.print("The log's new public key; tell the witnesses and monitors, and back up the key file:");
  roof.print(vkey);
  return 0;
}

/** Exit code 1 while some stay set aside. */
async function retakeAll(roof: Roof, _house: House, town: Town): Promise<number> {
  let leftOver = 0;
  for (const follower of FOLLOWERS) {
    const { taken, left } = await retake(town, roof.now(), follower);
    roof.print(`${follower.name}：处理了 ${taken} 条，还有 ${left} 条放在一边 / ${taken} taken, ${left} still set aside`);
    leftOver += left;
  }
  return leftOver === 0 ? 0 : 1;
}

/** A town that watches others needs a key of its own to cosign with; it is made the first time. */
async function watch(roof: Roof, { notary }: House, town: Town, what: WatchLog): Promise<number> {
  if ((await notary.witnessSigner(town.id)) === null) {
    await notary.makeKey(town.id, "witness", `${await hostOf(town, originOf(roof.settings))}/witness`);
  }
  const origin = await watchLog(town, SYSTEM, roof.now(), what);
  roof.print(`开始见证 ${origin}；把下面的公钥与网址交给对方 / Now a witness of ${origin}; give its operator this key and address:`);
  roof.print((await notary.witnessSigner(town.id))?.vkey ?? "");
  roof.print(new URL("/witness", originOf(roof.settings)).href);
  return 0;
}
