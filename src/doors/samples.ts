import type { Words } from "#words/words";

/** What the page of the door for programs shows of an operation; the tests hold each answer against the schema that is promised for it. */
export type Sample = {
  readonly id: keyof Words["api"]["operations"];
  readonly method: "GET" | "POST";
  readonly path: string;
  /** The address as it is asked, or what is sent to it. */
  readonly asked: string;
  readonly status: number;
  readonly answer: object;
};

const UNIT = { id: "01980000-0000-7000-8000-000000000001", zh: "生态办", en: "Ecology Office" };
const CATEGORY = { id: "01980000-0000-7000-8000-000000000002", zh: "投诉", en: "Complaint" };
const VILLAGE = { id: "01980000-0000-7000-8000-000000000003", zh: "东塘村", en: "Dongtang" };

const PROBLEM = {
  number: "SL-2026-0007",
  status: "assigned",
  light: "green",
  title: "东塘村主路路灯不亮",
  details: "",
  place: "村口小桥边",
  village: VILLAGE,
  category: CATEGORY,
  theme: null,
  campaign: null,
  measures: [{ text: "更换 6 盏路灯", done: false }],
  goal: "夜里都亮",
  leaders: [{ name: "李河", unit: UNIT }],
  unit: UNIT,
  openedOn: "2026-07-28",
  assignedOn: "2026-07-29",
  dueOn: "2026-08-10",
  originalDueOn: "2026-08-10",
  resumeOn: null,
  rectifiedOn: null,
  closedOn: null,
  counts: { reports: 3, meToo: 2, progress: 0, answered: 0, solved: 0, satisfied: 0, relapses: 0 },
  page: "/ledger/SL-2026-0007",
  self: "/api/v1/problems/SL-2026-0007",
};

const EVENT = {
  id: "01980000-0000-7000-8000-000000000004",
  verb: "problem.joined",
  at: "2026-07-28T02:10:00.000Z",
  leaf: 41,
  by: "officer",
  facts: { channel: "phone" },
  names: {},
  words: {},
  redacted: [],
  officers: [],
};

const SHARE = { counted: 19, of: 24, rate: 19 / 24 };
const FIGURES = {
  problems: 31,
  closed: 19,
  overdue: 1,
  silent: 4,
  silentAttempts: 9,
  extended: 2,
  response: SHARE,
  resolution: SHARE,
  claim: SHARE,
  satisfaction: SHARE,
  "on-time": SHARE,
  relapse: { counted: 0, of: 3, rate: null },
};

export const SAMPLES: readonly Sample[] = [
  {
    id: "listProblems",
    method: "GET",
    path: "/api/v1/problems",
    asked: "/api/v1/problems?order=urgent&status=assigned&limit=1",
    status: 200,
    answer: {
      problems: [PROBLEM],
      next: "/api/v1/problems?status=assigned&before=2026-08-10.SL-2026-0007&order=urgent&limit=1",
      total: { count: 17, isExact: true },
      leaves: 499,
    },
  },
  {
    id: "findProblem",
    method: "GET",
    path: "/api/v1/problems/{number}",
    asked: "/api/v1/problems/SL-2026-0007",
    status: 200,
    answer: {
      ...PROBLEM,
      evidence: [],
      coverings: [],
      notice: null,
      objections: [],
      extensions: [],
      lookBacks: [],
      suspension: null,
      dismissal: null,
      asked: 0,
      reportsByChannel: [
        { channel: "phone", count: 2 },
        { channel: "web", count: 1 },
      ],
      events: "/api/v1/problems/SL-2026-0007/events",
    },
  },
  {
    id: "listEvents",
    method: "GET",
    path: "/api/v1/problems/{number}/events",
    asked: "/api/v1/problems/SL-2026-0007/events",
    status: 200,
    answer: { number: "SL-2026-0007", events: [EVENT] },
  },
  {
    id: "readFigures",
    method: "GET",
    path: "/api/v1/figures",
    asked: "/api/v1/figures",
    status: 200,
    answer: {
      asOf: "2026-07-28",
      leaves: 499,
      leavesAt: "2026-07-28T02:10:00.000Z",
      few: 10,
      town: FIGURES,
      units: [{ name: UNIT, figures: FIGURES }],
      campaigns: [],
    },
  },
  {
    id: "readDirectory",
    method: "GET",
    path: "/api/v1/directory",
    asked: "/api/v1/directory",
    status: 200,
    answer: {
      town: { zh: "示例镇", en: "Shili" },
      units: [UNIT],
      villages: [VILLAGE],
      categories: [{ ...CATEGORY, code: "complaint" }],
      campaigns: [],
      themes: [],
    },
  },
  {
    id: "sendReport",
    method: "POST",
    path: "/api/v1/reports",
    asked: '{"title": "东塘村路灯不亮", "category": "complaint"}',
    status: 201,
    answer: { receipt: "7Q4KM-2XD9H", folded: false, track: "/track" },
  },
  {
    id: "tellReceipt",
    method: "POST",
    path: "/api/v1/receipts",
    asked: '{"code": "7Q4KM-2XD9H"}',
    status: 200,
    answer: {
      of: "report",
      receivedOn: "2026-07-28",
      state: "received",
      says: "Received, waiting for a reply",
      next: { step: "firstReply", says: "You get a first reply, no later than", day: "2026-07-31" },
      problem: null,
    },
  },
];
