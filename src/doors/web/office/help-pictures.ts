import { html, type Html } from "#doors/web/html";
import type { HelpedRole } from "#words/zh/office-help";

/**
 * Line drawings of what each duty has in hand, drawn for this page. What they show is said beside them, so they are nothing to a reader
 * that only hears the page. `class="red"` is the one stroke in the colour of the seal.
 */
export function helpPicture(role: HelpedRole): Html {
  return html`<svg class="help-picture" viewBox="0 0 120 80" aria-hidden="true">${PICTURES[role]}</svg>`;
}

const GROUND = html`<path d="M6 72h108" />`;

const PICTURES: Record<HelpedRole, Html> = {
  // Letters in a tray, and the telephone.
  clerk: html`${GROUND}
    <path d="M10 46v18h50V46M10 46h14l4 8h14l4-8h14" />
    <path d="M18 40V22h34v18M18 22l17 12 17-12" />
    <path class="red" d="M24 16h34v18" />
    <path d="M72 58c0-14 8-20 17-20s17 6 17 20v14H72z" />
    <path d="M66 40c0-8 10-14 23-14s23 6 23 14l-8 4-5-8H79l-5 8z" />
    <circle cx="89" cy="58" r="6" />`,
  // A street lamp, and a ladder to it.
  handler: html`${GROUND}
    <path d="M78 72V14h20" />
    <path d="M90 14h16l-3 9H93z" />
    <path class="red" d="M93 28l-4 6M98 29v7M103 28l4 6" />
    <path d="M40 72l22-54M54 72l22-54M47 58h13M53 44h13M59 30h13" />
    <path d="M14 72v-8l4-5h12l4 5v8zM20 59v-5h8v5" />`,
  // A week, its last day marked, and who answers for it.
  leader: html`${GROUND}
    <path d="M14 16h58v46H14zM14 28h58M26 11v9M43 11v9M60 11v9" />
    <path d="M22 38h8M38 38h8M54 38h8M22 50h8M38 50h8" />
    <circle class="red" cx="58" cy="50" r="7" />
    <circle cx="95" cy="34" r="9" />
    <path d="M80 72V60c0-9 6-14 15-14s15 5 15 14v12" />`,
  // A row of the ledger, and the seal above it.
  office: html`${GROUND}
    <path d="M12 18h56v54H12zM12 30h56M12 42h56M12 54h56M28 18v54" />
    <path class="red" d="M16 36h8M16 48h8" />
    <path d="M86 40V22c0-5 4-8 8-8s8 3 8 8v18" />
    <path d="M82 40h24v10H82z" />
    <path class="red" d="M80 58h28" />`,
  // Before and after, side by side under the glass.
  verifier: html`${GROUND}
    <path d="M10 14h40v32H10zM56 14h40v32H56z" />
    <path d="M14 40l10-12 8 8 5-5 9 9" />
    <path d="M60 40h32M66 40V28h20v12M72 28v-6h8v6" />
    <circle class="red" cx="80" cy="40" r="17" />
    <path d="M92 52l16 18" />
    <path d="M73 41l5 5 9-10" />`,
  // The town on one sheet: lights, columns, a line that rises.
  secretary: html`${GROUND}
    <path d="M26 10h68v62H26z" />
    <circle class="red" cx="37" cy="21" r="4" />
    <circle cx="50" cy="21" r="4" />
    <circle cx="63" cy="21" r="4" />
    <path d="M34 64V48M44 64V40M54 64V52M64 64V36M74 64V44M84 64V32M32 64h56" />
    <path d="M74 18h14M74 24h10" />`,
  // The machine, and the disk its backup lies on.
  system_admin: html`${GROUND}
    <path d="M12 14h54v36H12zM32 50v10M46 50v10M24 60h30" />
    <path d="M20 24h20M20 32h30M20 40h14" />
    <path d="M80 26c0-4 6-7 14-7s14 3 14 7v32c0 4-6 7-14 7s-14-3-14-7zM80 26c0 4 6 7 14 7s14-3 14-7M80 42c0 4 6 7 14 7s14-3 14-7" />
    <path class="red" d="M66 32h10M72 28l4 4-4 4" />`,
  // A shield, and a key in two halves.
  security_admin: html`${GROUND}
    <path d="M36 10l24 8v18c0 16-9 26-24 32-15-6-24-16-24-32V18z" />
    <path d="M25 37l8 8 14-16" />
    <circle cx="80" cy="34" r="9" />
    <path d="M89 34h6v8" />
    <path class="red" d="M99 34h13v10M106 34v7" />`,
  // A chain of leaves, read through glasses.
  auditor: html`${GROUND}
    <path d="M10 14h18v16H10zM38 14h18v16H38zM66 14h18v16H66zM94 14h16v16H94zM28 22h10M56 22h10M84 22h10" />
    <circle cx="42" cy="52" r="12" />
    <circle cx="78" cy="52" r="12" />
    <path d="M54 50c4-4 8-4 12 0M30 50l-10-8M90 50l10-8" />
    <path class="red" d="M70 22h10M70 26h6" />`,
  // An envelope, shut with a seal.
  receiver: html`${GROUND}
    <path d="M20 18h80v50H20zM20 18l40 28 40-28M20 68l28-30M100 68L72 38" />
    <circle class="red" cx="60" cy="46" r="9" />
    <path class="red" d="M56 46h8M60 42v8" />`,
};
