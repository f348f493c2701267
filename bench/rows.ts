import type { BurstMeasured } from "./burst.ts";
import type { Loaded } from "./ledgers.ts";
import type { EarlierAnswersMeasured } from "./earlier-answers.ts";
import type { LikenessMeasured } from "./likeness.ts";
import type { OfficeMeasured } from "./office.ts";
import type { ProofMeasured } from "./proof.ts";
import type { Weight } from "./weights.ts";

/** Requests a second by page. */
export type Rates = ReadonlyMap<string, number>;

/** What one program was measured to do on the larger ledger. */
export type Measured = {
  /** The floor's among them. */
  readonly rates: Rates;
  /** Reports with the log on, of reports without. */
  readonly withLog: number;
  readonly startMs: number;
  readonly memory: number | null;
  readonly weights: readonly Weight[];
  /** What making the larger ledger took; null when it was made before that was written down. */
  readonly loaded: Loaded | null;
  /** Only of this checkout. */
  readonly own: OwnMeasured | null;
};

/** What an older program may not know, or not live through. */
export type OwnMeasured = {
  readonly burst: BurstMeasured;
  readonly crowd: number;
  readonly office: OfficeMeasured;
  readonly idleDetectorMs: number;
  readonly likeness: LikenessMeasured;
  readonly answers: EarlierAnswersMeasured;
};

export type Row = { readonly work: string; readonly measured: string; readonly mark: string; readonly holds: boolean };

/** Problems on the small ledger and on the large one. */
export type Sizes = { readonly few: number; readonly many: number };

/** The table's rows, for one program on both ledgers. */
export function rowsOf(sizes: Sizes, few: Rates, many: Measured, proof: ProofMeasured, databaseIncluded: boolean): readonly Row[] {
  const own = many.own === null ? [] : ownRows(sizes, many.own);
  const loaded = many.loaded === null ? [] : loadRows(sizes, many.loaded);
  return [...rateRows(sizes, few, many), ...own, ...proofRows(proof, many.withLog), ...sizeRows(many, databaseIncluded), ...loaded];
}

function rateRows(sizes: Sizes, few: Rates, many: Measured): readonly Row[] {
  const [small, large] = [sizes.few.toLocaleString("en"), sizes.many.toLocaleString("en")];
  const share = (of: Measured, one: string, other: string) => (of.rates.get(one) ?? Number.NaN) / (of.rates.get(other) ?? Number.NaN);
  const growth = (name: string) => (few.get(name) ?? Number.NaN) / (many.rates.get(name) ?? Number.NaN);
  return [
    atLeast(`\`/ledger\` by status and theme, 20 of ${large}, of the floor`, share(many, "list", "list floor"), 0.7),
    atLeast("`/ledger/:number`, of the floor", share(many, "entry", "entry floor"), 0.7),
    atLeast(`\`/api/v1/problems\`, 25 of ${large}, of the floor`, share(many, "api", "api floor"), 0.7),
    atLeast("`POST /api/v1/reports`, of a handler with one INSERT and commit", share(many, "report", "report floor"), 0.4),
    atMost("search for a common word, time of the list", share(many, "list", "common"), 3),
    atMost("search for a word on 2 of 100 entries, time of the list", share(many, "list", "middling"), 3),
    atMost("search for a rare word, time of the list", share(many, "list", "rare"), 2),
    ...Object.entries({
      list: "`/ledger`",
      entry: "`/ledger/:number`",
      api: "`/api/v1/problems`",
      report: "`POST /api/v1/reports`",
      common: "common word",
      rare: "rare word",
      figures: "`/figures`",
    }).map(([name, work]) => atMost(`${work}, ${large} against ${small}`, growth(name), 1.5)),
  ];
}

function ownRows({ many }: Sizes, { burst, crowd, office, idleDetectorMs, likeness, answers }: OwnMeasured): readonly Row[] {
  return [
    {
      work: `${burst.sent} reports sent in one moment, with a receipt each`,
      measured: `${burst.receipts} of ${burst.sent}`,
      mark: "all",
      holds: burst.receipts === burst.sent,
    },
    atMost("pages meanwhile, 99 of 100", burst.readP99Ms / 1000, 2, "s"),
    atMost("`/log/problem/:number.json`, 2,000 leaves against 100", crowd, 1.5),
    atMost("`/office`, 100,000 reports waiting against 100", office.today, 1.5),
    atMost("`/office/inbox`, 100,000 reports waiting against 100", office.inbox, 1.5),
    atMost(`\`/office\`, ${many.toLocaleString("en")} problems and 100,000 reports waiting, asked alone`, office.todayMs, 50, "ms"),
    atMost(`the detector with nothing new, ${many.toLocaleString("en")} problems`, idleDetectorMs, 10, "ms"),
    atMost(`what is alike, of ${many.toLocaleString("en")} problems, the slowest way of asking, median`, likeness.medianMs, 50, "ms"),
    atMost("the same, 99 of 100", likeness.p99Ms, 50, "ms"),
    atMost("how it was answered before, of 100,000 answers, the slowest report, median", answers.medianMs, 50, "ms"),
    atMost("the same, 99 of 100", answers.p99Ms, 50, "ms"),
  ];
}

function proofRows(proof: ProofMeasured, withLog: number): readonly Row[] {
  return [
    atLeast("events given their places a second, of 1,000,000", proof.integrated, 5000),
    atMost("proof of one leaf of 1,000,000, at the server, median", proof.proofMs.median, 5, "ms"),
    atMost("the same, 99 of 100", proof.proofMs.p99, 5, "ms"),
    atLeast("leaves verified a second by one core, on files", proof.verified, 200_000),
    atLeast("reports with the log on, of reports without", withLog, 0.9),
    ...(proof.followed === undefined
      ? []
      : [
          atLeast("events handed to a follower a second, of 1,000,000", proof.followed.rate, 20_000),
          atMost("from an event to its follower at 1,000 a second, 99 of 100", proof.followed.lagP99Ms / 1000, 1, "s"),
        ]),
  ];
}

function sizeRows(many: Measured, databaseIncluded: boolean): readonly Row[] {
  const heaviest = Math.max(...many.weights.filter(({ name }) => name !== "CSS").map(({ kb }) => kb));
  const what = databaseIncluded ? "memory after start, database included" : "memory after start, without the database";
  return [
    atMost("warm start to the first page", many.startMs / 1000, 0.7, "s"),
    ...(many.memory === null ? [] : [atMost(what, many.memory, 170, "MB")]),
    atMost("heaviest public page, HTML gzipped", heaviest, 12, "KB"),
    ...many.weights.filter(({ name }) => name === "CSS").map(({ kb }) => atMost("CSS, gzipped, once", kb, 40, "KB")),
  ];
}

/** Said, not judged. */
function loadRows({ many }: Sizes, { seconds, bytes }: Loaded): readonly Row[] {
  const what = `a ledger of ${many.toLocaleString("en")} problems`;
  return [
    { work: `${what}, loading it`, measured: `${Math.round(seconds)} s`, mark: "–", holds: true },
    { work: `${what}, its database`, measured: `${(bytes / 1024 ** 3).toFixed(2)} GB`, mark: "–", holds: true },
  ];
}

export function atLeast(work: string, value: number, mark: number): Row {
  return { work, measured: value.toFixed(2), mark: `≥ ${mark}`, holds: value >= mark };
}

export function atMost(work: string, value: number, mark: number, unit = "×"): Row {
  return { work, measured: `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`, mark: `≤ ${mark} ${unit}`, holds: value <= mark };
}

/** The table; with `before`, what an older checkout did with the same work stands beside. */
export function table(rows: readonly Row[], before: readonly Row[] | null): string {
  const earlier = new Map(before?.map(({ work, measured }) => [work, measured]));
  const beside = (cell: string) => (before === null ? "" : ` ${cell} |`);
  const lines = rows.map(
    ({ work, measured, mark, holds }) =>
      `| ${work} |${beside(earlier.get(work) ?? "–")} ${measured} | ${mark} | ${holds ? "" : "missed"} |`,
  );
  return [`| work |${beside("before")} measured | mark | |`, `| --- |${beside("---")} --- | --- | --- |`, ...lines].join("\n");
}
