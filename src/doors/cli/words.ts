import { SYSTEM } from "#audit/append-event";
import { findProblemId } from "#ledger/queries";
import { RedactWords, redactWords } from "#publication/redact-words";
import { wordsAbout } from "#audit/queries";
import { meant, textFlags } from "./flags.ts";
import { Misused, type Command } from "./roof.ts";
import { WHICH_TOWN, whichTown } from "./towns.ts";

const FLAG_OF = { event: "event", field: "field", reason: "reason" };

/** The words of a problem as its events hold them, and taking some of them out of sight. */
export function wordsCommand([act, ...args]: readonly string[]): Command {
  if (act === "list") {
    const { town, number } = textFlags(args, ["town", "number"]);
    return list(town, number ?? "");
  }
  if (act === "redact") {
    const { town, ...flags } = textFlags(args, ["town", "event", "field", "reason"]);
    return redact(town, meant(RedactWords, flags, FLAG_OF));
  }
  throw new Misused("words 之后应为 list 或 redact / After words comes list or redact");
}

function list(town: string | undefined, number: string): Command {
  return (roof) =>
    roof.visit(async (house) => {
      const place = await whichTown(house, town);
      const problem = place === null ? null : await findProblemId(place, number);
      if (place === null || problem === null) {
        roof.complain(place === null ? WHICH_TOWN : `没有 ${number} / There is no ${number}`);
        return 1;
      }
      for (const { event, verb, field, text } of await wordsAbout(place, problem)) roof.print(`${event} ${verb} ${field}: ${text}`);
      return 0;
    });
}

function redact(town: string | undefined, what: RedactWords): Command {
  return (roof) =>
    roof.visit(async (house) => {
      const place = await whichTown(house, town);
      if (place === null) {
        roof.complain(WHICH_TOWN);
        return 1;
      }
      await redactWords(place, SYSTEM, roof.now(), what);
      roof.print("已遮盖 / Redacted");
      return 0;
    });
}
