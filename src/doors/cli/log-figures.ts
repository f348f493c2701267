import { dayOf, dayTyped } from "#platform/instant";
import type { Town } from "#platform/town";
import { figuresOfLog } from "#proof/figures-of-log";
import { ownReader } from "#proof/own-reader";
import { FIGURES, readFigures, type FigureSet } from "#publication/figures";
import { checkLog, type ReadPath, type Verdict } from "#standards/tlog/check-log";
import { textFlags, wrongFlag } from "./flags.ts";
import { readerOf, vkeysFrom } from "./log-places.ts";
import { tellVerdict } from "./log-verify.ts";
import { WHICH_TOWN, whichTown } from "./towns.ts";
import type { Command, Roof } from "./roof.ts";

const COUNTS = ["problems", "closed", "overdue", "silent", "silentAttempts", "extended"] as const;

/**
 * Counts every published figure again from the public log alone. With --from it is anybody's log, verified first; without, our own, and
 * what we publish is compared with it: exit code 1 names the figures that differ.
 */
export function figuresCommand(args: readonly string[]): Command {
  const { town, from, vkey, on } = textFlags(args, ["town", "from", "vkey", "on"]);
  if (on !== undefined && dayTyped(on) !== on) throw wrongFlag("on", false);
  if (from !== undefined) return (roof) => countThere(roof, readerOf(from), vkey, on ?? dayOf(roof.now()));
  return (roof) =>
    roof.visit(async (house) => {
      const place = await whichTown(house, town);
      if (place !== null) return countOwn(roof, place, on ?? dayOf(roof.now()));
      roof.complain(WHICH_TOWN);
      return 1;
    });
}

async function countThere(roof: Roof, read: ReadPath, vkey: string | undefined, today: string): Promise<number> {
  const vkeys = vkey === undefined ? await vkeysFrom(read) : vkey.split(",");
  const verdict: Verdict = await checkLog(read, { vkeys, witnesses: [] }, roof.progress);
  if (!verdict.holds) return tellVerdict(roof, verdict);
  const { size } = verdict.checkpoint;
  printFigures(roof, size, today, (await figuresOfLog(read, size, today)).town);
  return 0;
}

async function countOwn(roof: Roof, town: Town, today: string): Promise<number> {
  const { leaves, ...published } = await readFigures(town, today);
  const counted = await figuresOfLog(ownReader(town), leaves, today);
  printFigures(roof, leaves, today, counted.town);
  const differ = [
    ...differences("", published.town, counted.town),
    ...setsDiffer("unit", published.byUnit, counted.byUnit),
    ...setsDiffer("campaign", published.byCampaign, counted.byCampaign),
  ];
  for (const figure of differ) roof.print(`✗ ${figure}：公布的与日志算出的不同 / what is published is not what the log comes to`);
  if (differ.length === 0) roof.print("✓ 公布的数字与日志算出的一致 / what is published is what the log comes to");
  return differ.length === 0 ? 0 : 1;
}

function printFigures(roof: Roof, leaves: number, today: string, figures: FigureSet): void {
  roof.print(`${today}，日志前 ${leaves} 条 / the first ${leaves} leaves`);
  for (const name of COUNTS) roof.print(`${name}\t${figures[name]}`);
  for (const name of FIGURES) roof.print(`${name}\t${figures[name].counted}\t${figures[name].of}`);
}

type Sets = ReadonlyMap<string, FigureSet>;

function setsDiffer(kind: string, published: Sets, counted: Sets): readonly string[] {
  return [...new Set([...published.keys(), ...counted.keys()])].flatMap((id) =>
    differences(`${kind} ${id} `, published.get(id), counted.get(id)),
  );
}

/** A set that is not there is one in which every figure is nothing. */
function differences(where: string, published: FigureSet | undefined, counted: FigureSet | undefined): readonly string[] {
  const shares = FIGURES.filter((name) => shareOf(published, name) !== shareOf(counted, name));
  const counts = COUNTS.filter((name) => (published?.[name] ?? 0) !== (counted?.[name] ?? 0));
  return [...counts, ...shares].map((name) => `${where}${name}`);
}

function shareOf(set: FigureSet | undefined, name: (typeof FIGURES)[number]): string {
  return `${set?.[name].counted ?? 0}/${set?.[name].of ?? 0}`;
}
