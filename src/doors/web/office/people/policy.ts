import { THE_POLICY } from "#audit/the-town";
import { ChangePolicy, changePolicy } from "#people/change-policy";
import { readPolicy, type PolicyFigures } from "#people/policy";
import { html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { lineField } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { BLANK, drawnOver, sendSettings, settingsForm, settingsPage, type SettingsDrawn } from "./settings-form.ts";

const FIGURES = [
  "answerWindowDays",
  "noticeWorkingDays",
  "flagWorkingDays",
  "objectionWorkingDays",
  "lookBackDays",
  "signInFailures",
  "signInLockMinutes",
  "sessionIdleMinutes",
  "sessionAbsoluteHours",
  "passwordLength",
  "passwordDays",
  "fewEntries",
  "securityLogDays",
] as const satisfies readonly (keyof PolicyFigures)[];

export const policyRoutes = [
  route("GET /office/rules/policy", { who: "keep-duties", kind: "page" }, (visit) => policyPage(visit, BLANK)),
  route("POST /office/rules/policy", { who: "keep-duties", kind: "act" }, (visit) =>
    sendSettings(visit, {
      purpose: "policy.change",
      schema: ChangePolicy,
      act: changePolicy,
      to: "/office/rules/policy?done=changed",
      back: (drawn) => policyPage(visit, drawn),
    }),
  ),
];

async function policyPage(visit: Visit, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.settings.policy;
  const policy = await readPolicy(visit.town);
  const known = Object.fromEntries(FIGURES.map((name) => [name, written(policy[name])]));
  const shown = await drawnOver(visit, drawn, { typed: known, version: policy.version, subject: THE_POLICY });
  const fields = FIGURES.map((name) => {
    const [label, hint] = words.figures[name];
    return lineField(visit, { name, label, hint, ...shown });
  });
  return settingsPage(visit, await visit.names(), shown, {
    at: "policy",
    title: words.title,
    under: words.under,
    content: html`<section class="card office-panel">
      ${settingsForm("/office/rules/policy", shown, html`<div class="office-grid">${fields}</div>`, visit.words.common.save)}
    </section>`,
  });
}

function written(figure: number | readonly number[]): string {
  return typeof figure === "number" ? String(figure) : figure.join(", ");
}
