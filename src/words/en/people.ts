import type { Words } from "#words/words";
import { keys } from "./keys.ts";
import { log } from "./log.ts";
import { officers } from "./officers.ts";
import { opening } from "./opening.ts";
import { paste, slips, together } from "./paste.ts";
import { sessions } from "./sessions.ts";
import { setUp } from "./set-up.ts";
import { settings } from "./settings.ts";
import { signIn } from "./sign-in.ts";

const duties: Words["people"]["duties"] = {
  clerk: "Clerk",
  handler: "Handler",
  leader: "Leader",
  office: "Office",
  verifier: "Verifier",
  secretary: "Secretary",
  system_admin: "System administrator",
  security_admin: "Security administrator",
  auditor: "Auditor",
};

export const people: Words["people"] = { duties, keys, log, officers, opening, paste, sessions, setUp, settings, signIn, slips, together };
