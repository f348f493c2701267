import { NEAR_M } from "#intake/candidates";
import { clockOf, dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { nameOf, type Visit } from "#doors/web/visit";
import { lampOfFlag, type Flag } from "#verification/flag";
import { dayText, instantWords } from "./day.ts";
import { lampMark } from "./lamp.ts";

/** One flag with its evidence and what became of it; `action` is what may be done about it here. */
export function flagEntry(visit: Visit, names: Directory, flag: Flag, action: Html = html``): Html {
  const words = visit.words.flags;
  return html`<article class="flag ${flag.state}" id="flag-${flag.id}">
    <header>
      <h3>${words.kinds[flag.kind]}</h3>
      <span class="flag-state">${words.states[flag.state]}</span>
    </header>
    ${evidenceOf(visit, flag)}
    <p class="hint">${words.raisedOn} ${instantWords(visit, flag.raisedAt)}</p>
    ${waitsFor(visit, flag)}${decisionOf(visit, names, flag)}${action}
  </article>`;
}

/** Who has to look at an open one, and by when. */
function waitsFor(visit: Visit, { state, dueOn }: Flag): Html {
  if (state !== "open") return html``;
  const { lookBy, lookUndated } = visit.words.flags;
  const by = dueOn === null ? lookUndated : lookBy(dayText(visit, dueOn));
  return html`<p class="flag-waits">${by} ${dueOn === null ? "" : lampMark(visit, lampOfFlag(dueOn, dayOf(visit.at)))}</p>`;
}

function decisionOf(visit: Visit, names: Directory, { state, decided }: Flag): Html {
  if (decided === null) return html``;
  const officer = names.officers.get(decided.by);
  const unit = officer === undefined ? "" : nameOf(visit, names.units.get(officer.unit));
  const who = officer === undefined ? "—" : visit.words.events.fromUnit(officer.name, unit);
  const { clearedBy, upheldBy } = visit.words.flags;
  const says = state === "upheld" ? upheldBy(who) : clearedBy(who);
  return html`<p class="flag-decided">
    <b>${says}</b>${decided.reason} <span class="hint">${instantWords(visit, decided.at)}</span>
  </p>`;
}

/** What was found, in words, and links to everything that was compared. */
function evidenceOf(visit: Visit, flag: Flag): Html {
  if (flag.kind === "same-photo") return photos(visit, flag.about, flag.number);
  const others = flag.kind === "same-text" ? [flag.about.other] : "numbers" in flag.about ? flag.about.numbers : [];
  return html`<p>${findingOf(visit, flag)}</p>
    ${problems(others.filter((number) => number !== flag.number))}`;
}

function findingOf(visit: Visit, flag: Exclude<Flag, { kind: "same-photo" }>): string {
  const words = visit.words.flags;
  const day = (at: string) => dayText(visit, dayOf(new Date(at)));
  const { kind, about } = flag;
  if (kind === "same-text")
    return about.alike === 1 && about.shared > 1 ? words.sharedText(about.shared) : words.sameText(Math.round(about.alike * 100));
  if (kind === "last-moment")
    return words.lastMoment[about.act](`${day(about.at)} ${clockOf(new Date(about.at))}`, dayText(visit, about.dueOn));
  if (kind === "one-sitting") return words.oneSitting[about.act](about.count, about.minutes);
  if (kind === "one-hand") return words.oneHand[about.by](about.count);
  if (kind === "look-back-skipped") return words.lookBackSkipped(dayText(visit, about.dueOn));
  return about.metres === null || about.metres > NEAR_M
    ? words.cameBack.village(day(about.receivedAt))
    : words.cameBack.near(day(about.receivedAt));
}

/** Both pictures side by side, as everybody may see them; one that was withdrawn shows its place empty. */
function photos(visit: Visit, about: Extract<Flag, { kind: "same-photo" }>["about"], number: string): Html {
  const words = visit.words.flags;
  const { samePhoto, stages } = words;
  const within = about.other === number;
  const says = within
    ? samePhoto.within(stages[about.stage], stages[about.otherStage])
    : samePhoto.across(stages[about.stage], stages[about.otherStage]);
  const picture = (sha256: string, label: string) =>
    html`<li>
      <a href="/files/${sha256}"><img src="/files/${sha256}" alt="${label}" width="160" height="120" loading="lazy"></a>
      <span>${label}</span>
    </li>`;
  return html`<p>${says}</p>
    <ul class="photo-row flag-photos">
      ${picture(about.photo, samePhoto.here)}${picture(about.otherPhoto, samePhoto.there)}
    </ul>
    <p class="hint">${samePhoto.differs(about.differs)}${about.mirrored ? html` · ${samePhoto.mirrored}` : ""}</p>
    ${within ? "" : problems([about.other])}`;
}

function problems(numbers: readonly string[]): Html {
  if (numbers.length === 0) return html``;
  return html`<ul class="flag-problems">
    ${numbers.map(
      (number) =>
        html`<li>
          <a href="/ledger/${number}">${number}</a>
        </li>`,
    )}
  </ul>`;
}
