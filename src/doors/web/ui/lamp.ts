import type { Lamp } from "#ledger/problem";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";
import { dayText } from "./day.ts";

/** What is said beside the light, so that colour is never the only sign: `逾期 3 天`, `还剩 2 天`, `暂缓至 8月3日`. */
export function lampWords(visit: Visit, lamp: Lamp): string {
  const words = visit.words.common.lamp;
  switch (lamp.says) {
    case "left":
      return lamp.days === 0 ? words.today : words.left(lamp.days);
    case "overdue":
      return words.overdue(lamp.days);
    case "early":
      if (lamp.light === "grey") return lamp.days === 0 ? words.closedOnTime : words.closedEarly(lamp.days);
      return lamp.days === 0 ? words.doneOnTime : words.doneEarly(lamp.days);
    case "late":
      return lamp.light === "grey" ? words.closedLate(lamp.days) : words.doneLate(lamp.days);
    case "waiting-for-assignment":
      return words.waiting;
    case "waiting-for-calendar":
      return words.undated;
    case "suspended":
      return words.suspended(dayText(visit, lamp.until));
    case "dismissed":
      break;
  }
  return words.dismissed;
}

/** The light as a dot with its words. */
export function lampMark(visit: Visit, lamp: Lamp): Html {
  return html`<span class="lamp ${lamp.light}">${lampWords(visit, lamp)}</span>`;
}
