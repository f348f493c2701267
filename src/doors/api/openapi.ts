import { z } from "zod";
import { wordsIn, type Words } from "#words/words";
import * as shapes from "./shapes.ts";

type Operation = {
  readonly method: "get" | "post";
  readonly path: string;
  readonly id: keyof Words["api"]["operations"];
  readonly query?: z.ZodObject;
  readonly inPath?: "number";
  readonly body?: keyof typeof INPUTS;
  /** Whether a device or a program may show its key, to act in its own name. */
  readonly takesKey?: true;
  readonly gives: Readonly<Record<number, keyof typeof OUTPUTS>>;
  readonly refuses: readonly number[];
};

const INPUTS = { ReportSent: shapes.ReportSent, ReceiptShown: shapes.ReceiptShown };
const OUTPUTS = {
  ProblemPage: shapes.ProblemPage,
  ProblemWhole: shapes.ProblemWhole,
  EventList: shapes.EventList,
  Figures: shapes.Figures,
  Directory: shapes.Directory,
  ReportReceived: shapes.ReportReceived,
  ReceiptTold: shapes.ReceiptTold,
  ProblemDocument: shapes.ProblemDocument,
};

/** Every address of the API, in the order people read them. The routes, the samples of the page at /api and the document agree with it. */
export const OPERATIONS = [
  {
    method: "get",
    path: "/api/v1/problems",
    id: "listProblems",
    query: shapes.ProblemQuery,
    gives: { 200: "ProblemPage" },
    refuses: [422],
  },
  {
    method: "get",
    path: "/api/v1/problems/{number}",
    id: "findProblem",
    inPath: "number",
    gives: { 200: "ProblemWhole" },
    refuses: [404],
  },
  {
    method: "get",
    path: "/api/v1/problems/{number}/events",
    id: "listEvents",
    inPath: "number",
    gives: { 200: "EventList" },
    refuses: [404],
  },
  {
    method: "get",
    path: "/api/v1/figures",
    id: "readFigures",
    gives: { 200: "Figures" },
    refuses: [],
  },
  {
    method: "get",
    path: "/api/v1/directory",
    id: "readDirectory",
    gives: { 200: "Directory" },
    refuses: [],
  },
  {
    method: "post",
    path: "/api/v1/reports",
    id: "sendReport",
    body: "ReportSent",
    takesKey: true,
    gives: { 201: "ReportReceived", 200: "ReportReceived" },
    refuses: [400, 401, 403, 408, 409, 413, 415, 422, 429, 507],
  },
  {
    method: "post",
    path: "/api/v1/receipts",
    id: "tellReceipt",
    body: "ReceiptShown",
    gives: { 200: "ReceiptTold" },
    refuses: [400, 404, 408, 410, 413, 415, 422, 429],
  },
] as const satisfies readonly Operation[];

/** The OpenAPI 3.1 document, made of the very schemas that parse and shape. */
export function openApi(origin: URL): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS) (paths[operation.path] ??= {})[operation.method] = describe(operation);
  return {
    openapi: "3.1.0",
    info: {
      title: "Sanwen 三问",
      version: "1",
      description:
        "A town's public ledger: what is wrong, what will be done, who will do it. " +
        "Errors are problem documents (RFC 9457), in English or Chinese by Accept-Language.",
    },
    servers: [{ url: origin.origin }],
    paths,
    components: { securitySchemes: { key: KEY }, schemas: { ...schemasOf(INPUTS, "input"), ...schemasOf(OUTPUTS, "output") } },
  };
}

function describe(operation: Operation): object {
  const summary = wordsIn("en").api.operations[operation.id];
  const answers = Object.entries(operation.gives).map(([status, name]) => [status, answer(name, "application/json", summary)]);
  const refusals = [...operation.refuses, 405, 500, 503].map((status) => [
    status,
    answer("ProblemDocument", "application/problem+json", REFUSED[status] ?? ""),
  ]);
  return {
    operationId: operation.id,
    summary,
    parameters: parametersOf(operation),
    ...(!("takesKey" in operation) ? {} : { security: [{}, { key: [] }] }),
    ...(operation.body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: reference(operation.body) } } } }),
    responses: Object.fromEntries([...answers, ...refusals]),
  };
}

function parametersOf({ inPath, query, id }: Operation): readonly object[] {
  const number = { name: "number", in: "path", required: true, schema: { type: "string", examples: ["SL-2026-0007"] } };
  const key = {
    name: "Idempotency-Key",
    in: "header",
    schema: { type: "string", minLength: 1, maxLength: 255 },
    description:
      "A retry with the same key and body finds the receipt of the first sending for seven days; " +
      "the same key with another body is refused (409). A key belongs to its sender, known by the address; " +
      "of 32 characters or more (a random UUID, say) it also holds when the address changed in between. " +
      "Without a key every sending is a report of its own.",
  };
  const queried = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({ name, in: "query", schema: schemaOf(schema) }));
  return [...(inPath === undefined ? [] : [number]), ...queried, ...(id === "sendReport" ? [key] : [])];
}

function schemaOf(schema: z.core.$ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}

function schemasOf(named: Readonly<Record<string, z.ZodType>>, io: "input" | "output"): object {
  return Object.fromEntries(
    Object.entries(named).map(([name, schema]) => {
      const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
      return [name, rest];
    }),
  );
}

function answer(name: string, mediaType: string, description: string): object {
  return { description, content: { [mediaType]: { schema: reference(name) } } };
}

function reference(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

const KEY = {
  type: "http",
  scheme: "bearer",
  description:
    "The key of a device or a program, from the town's system administrator: the report is kept as sent by it. " +
    "Without one it is anonymous.",
};

const REFUSED: Readonly<Record<number, string>> = {
  400: "The body is not JSON",
  401: "The key is not known",
  403: "The key does not allow this",
  404: "No such problem, or nobody's receipt code",
  405: "Method not allowed",
  408: "The body came too slowly",
  409: "The Idempotency-Key was used with another body",
  410: "The receipt was lost and reissued: this code opens nothing any more",
  413: "More than 64 KB",
  415: "The body is not application/json",
  422: "A parameter or field is not right",
  429: "Too many reports, or wrong receipt codes, from this address or key",
  500: "A fault of ours; nothing was written",
  503: "The database cannot be asked right now; Retry-After says when to try again",
  507: "The disk is full; nothing was written",
};
