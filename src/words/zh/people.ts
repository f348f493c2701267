import type { Duty } from "#people/officer";
import { keys } from "./keys.ts";
import { log } from "./log.ts";
import { officers } from "./officers.ts";
import { opening } from "./opening.ts";
import { paste, slips, together } from "./paste.ts";
import { sessions } from "./sessions.ts";
import { setUp } from "./set-up.ts";
import { settings } from "./settings.ts";
import { signIn } from "./sign-in.ts";

const duties: Record<Duty, string> = {
  clerk: "受理",
  handler: "承办",
  leader: "责任领导",
  office: "督办",
  verifier: "复核",
  secretary: "书记",
  system_admin: "系统管理员",
  security_admin: "安全管理员",
  auditor: "审计员",
};

/** Sign-in, accounts, units, rules, the log, set-up. */
export const people = { duties, keys, log, officers, opening, paste, sessions, setUp, settings, signIn, slips, together };
