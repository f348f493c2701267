import { DESK_ACCESS } from "./desk/desk-access.ts";
import { PEOPLE_ACCESS } from "./people/people-access.ts";

/** Pages of the office, by duty. */
export const OFFICE_ACCESS = {
  ...DESK_ACCESS,
  ...PEOPLE_ACCESS,
  "GET /office": "officer",
  "GET /office/bulk/assign": ["office", "secretary"],
  "GET /office/bulk/remind": ["office", "secretary"],
  "GET /office/calls/:report": ["clerk", "office"],
  "GET /office/calls/new": ["clerk", "office"],
  "GET /office/inbox": ["clerk", "office"],
  "GET /office/inbox/:report": ["clerk", "office"],
  "GET /office/inbox/:report/photos/:sha256": ["clerk", "office"],
  "GET /office/ledger": ["clerk", "handler", "leader", "office", "secretary", "verifier"],
  "GET /office/photos/:sha256": ["clerk", "office"],
  "GET /office/photos/:sha256/picture": ["clerk", "office"],
  "POST /office/photos/:sha256/black-out": ["clerk", "office"],
  "POST /office/photos/:sha256/withdraw": ["office"],
  "POST /office/bulk/assign": ["office", "secretary"],
  "POST /office/bulk/export": ["clerk", "handler", "leader", "office", "secretary", "verifier"],
  "POST /office/bulk/remind": ["office", "secretary"],
  "POST /office/calls/new": ["clerk", "office"],
  "POST /office/inbox/by-phone": ["clerk", "office"],
  "POST /office/inbox/:report/call": ["clerk", "office"],
  "POST /office/inbox/:report/answer": ["clerk", "office"],
  "POST /office/inbox/:report/decline": ["clerk", "office"],
  "POST /office/inbox/:report/identity": ["clerk", "office"],
  "POST /office/inbox/:report/join": ["clerk", "office"],
  "POST /office/inbox/:report/open": ["clerk", "office"],
  "POST /office/inbox/:report/refer": ["clerk", "office"],
} as const;
