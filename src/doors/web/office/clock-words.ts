import { dayOf } from "#platform/instant";
import { dayText } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

/** The hour and minute in China, `09:15`; with its day when that is not today. For sentences; pages use ui/day. */
export function clockWords(visit: Visit, at: Date): string {
  const clock = new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
  return dayOf(at) === dayOf(visit.at) ? clock : `${dayText(visit, dayOf(at))} ${clock}`;
}
