import type { Words } from "#words/words";

export const api: Words["api"] = {
  troubles: {
    malformed: { title: "The request can't be read", detail: "The body must be one JSON object in UTF-8." },
    "not-found": { title: "Not found", detail: "There is nothing at this address. The addresses are listed at /api." },
    method: { title: "Method not allowed", detail: "The Allow header names the methods of this address." },
    refused: { title: "The town says no", detail: "A rule refuses this." },
    "too-large": {
      title: "Too large",
      detail: "A request body may have at most 64 KB and 100 members, its address at most 8 KB.",
    },
    "media-type": { title: "Unsupported media type", detail: "Send the body as application/json." },
    slow: { title: "The body came too slowly", detail: "Nothing was written. Send it again over a faster connection." },
    fields: { title: "Some fields are not right", detail: "Each is named in errors." },
    "too-many": { title: "Too many requests", detail: "Try again after the seconds in Retry-After." },
    away: {
      title: "The database cannot be asked right now",
      detail: "Try again after the seconds in Retry-After; with an Idempotency-Key nothing is done twice.",
    },
    busy: { title: "Many requests are under way", detail: "Try again after the seconds in Retry-After." },
    fault: { title: "Something went wrong on our side", detail: "Nothing was written. If you ask for help, quote the instance." },
    "key-reused": {
      title: "The key was used for something else",
      detail: "An Idempotency-Key stands for one request body; make a new key for a new report.",
    },
    "key-unknown": {
      title: "The key is not known",
      detail: "It is wrong, was taken back, or has ended. Without a key the report is anonymous.",
    },
    "key-may-not": { title: "The key does not allow this", detail: "Ask the town's system administrator for one that does." },
    "receipt-reissued": { title: "This receipt code is dead", detail: "It was lost and reissued: use the new code." },
    "no-receipt": { title: "No such receipt", detail: "Check the receipt code: it was shown once, when the report was sent." },
    "no-town": { title: "No town yet", detail: "This program has not been set up." },
  },
  fields: {
    "field/unknown": "There is no field of this name",
    "field/wrong-kind": "A value of another kind is expected",
    "parameter/unknown": "There is no parameter of this name; it was left aside",
    "since/impossible": "A number of leaves, an instant (2026-07-28T09:00:00Z) or a day",
    "since/not-beside": "Stands beside limit alone",
    "key/impossible": "1 to 255 visible ASCII characters",
  },
  between: (least, most) => `${least}–${most}`,
  operations: {
    listProblems: "The public ledger, filtered, searched and ordered; or what changed",
    findProblem: "One problem, whole",
    listEvents: "Everything that happened to a problem",
    readFigures: "The figures of the town, its units and campaigns",
    readDirectory: "Names and ids that filters and reports use",
    sendReport: "Report something to the town",
    tellReceipt: "By receipt code: where a report stands, what comes next and by which day",
  },
  page: {
    title: "The ledger for programs",
    lead: "Everything the public may read, as JSON, without a key; programs can also report something and ask by receipt code where it stands.",
    addresses: "Addresses",
    sample: "Sample",
    sendHint:
      "The answer to a report carries the receipt code, shown only once. An Idempotency-Key makes a retry safe. " +
      "Photos are sent on the page for people.",
    limits: "Limits",
    limit: {
      read:
        "Reading: as often as you like, 1–100 entries a page; with If-None-Match an unchanged answer is a 304. " +
        "To keep a copy, use changedSince.",
      reports: (tries: number, minutes: number) => `Reports: ${tries} in ${minutes} minutes from one address.`,
      key: (tries: number, minutes: number) => `One key: ${tries} in ${minutes} minutes.`,
      receipts: (tries: number, minutes: number) =>
        `Receipt codes: right ones always; after ${tries} wrong ones in ${minutes} minutes an address has to wait.`,
      body: (kb: number) => `The body of a report: ${kb} KB.`,
    },
    errors: "Errors",
    errorsHint: "Problem documents (RFC 9457), in English or Chinese by Accept-Language. Their type is one of:",
  },
};
