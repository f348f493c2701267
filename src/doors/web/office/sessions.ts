import { endSession } from "#people/end-session";
import { endOtherSessions } from "#people/end-other-sessions";
import { forgetDevice } from "#people/forget-device";
import { listKnownDevices, type ListedDevice } from "#people/known-device";
import { listSessions, type ListedSession } from "#people/list-sessions";
import type { Comes } from "#people/user-agent";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";
import { accountIn } from "./officer-form.ts";
import { sessionOf } from "./session.ts";

export const sessionRoutes = [
  route("POST /office/profile/sessions/others/end", { who: "officer", kind: "act" }, sendEndOthers),
  route("POST /office/profile/sessions/:session/end", { who: "officer", kind: "act" }, sendEnd),
  route("POST /office/profile/devices/:device/forget", { who: "officer", kind: "act" }, sendForget),
];

async function sendEnd(visit: Visit, asked: { readonly session: string }): Promise<Response> {
  await endSession(visit.town, accountIn(visit), visit.at, asked);
  return back(visit, "sessions");
}

async function sendEndOthers(visit: Visit): Promise<Response> {
  const session = await sessionOf(visit);
  if (session !== null) await endOtherSessions(visit.town, session.account, visit.at, { keeping: session.token });
  return back(visit, "sessions");
}

async function sendForget(visit: Visit, asked: { readonly device: string }): Promise<Response> {
  await forgetDevice(visit.town, accountIn(visit), visit.at, asked);
  return back(visit, "devices");
}

function back(visit: Visit, part: "sessions" | "devices"): Response {
  return visit.context.redirect(`/office/profile#${part}`, 303);
}

/** Where the officer is signed in, this place marked, each with a way to end it. */
export async function sessionsPanel(visit: Visit): Promise<Html> {
  const words = visit.words.people.sessions;
  const here = await sessionOf(visit);
  const sessions = await listSessions(visit.town, accountIn(visit), visit.at);
  const endOthers = html`<form method="post" action="/office/profile/sessions/others/end" data-turbo="false">
    <button class="btn" type="submit">${words.endOthers}</button>
  </form>`;
  return html`<section class="card office-panel" aria-labelledby="sessions">
    <h2 id="sessions">${words.title}</h2>
    <p class="office-note">${words.hint}</p>
    <ul class="sessions">
      ${sessions.map((session) => sessionLine(visit, session, session.id === here?.id))}
    </ul>
    ${sessions.length > 1 ? endOthers : html`<p class="hint">${words.onlyHere}</p>`}
  </section>`;
}

function sessionLine(visit: Visit, session: ListedSession, isHere: boolean): Html {
  const words = visit.words.people.sessions;
  const which = nameOfComes(visit, session);
  const from = session.address === "" ? "" : html`${words.from(session.address)} · `;
  const end = html`<form method="post" action="/office/profile/sessions/${session.id}/end" data-turbo="false">
    <button class="btn btn-sm" type="submit" aria-label="${words.endOf(which)}">${words.end}</button>
  </form>`;
  return html`<li>
    <p>
      <b>${which}</b>
      ${isHere ? html`<span class="badge">${words.here}</span>` : ""}
      ${session.isOpen ? "" : html`<span class="lamp amber">${words.waitsForCode}</span>`}
    </p>
    <p class="hint">
      ${from}${words.begun} ${instantWords(visit, session.begunAt)} · ${words.seen} ${instantWords(visit, session.lastSeenAt)}
    </p>
    ${isHere ? "" : end}
  </li>`;
}

/** On which devices wrong passwords of others do not keep the officer out. */
export async function devicesPanel(visit: Visit): Promise<Html> {
  const words = visit.words.people.sessions;
  const devices = await listKnownDevices(visit.town, accountIn(visit), visit.at);
  const list = html`<ul class="sessions">
    ${devices.map((device) => deviceLine(visit, device))}
  </ul>`;
  return html`<section class="card office-panel" aria-labelledby="devices">
    <h2 id="devices">${words.devicesTitle}</h2>
    <p class="office-note">${words.devicesHint}</p>
    ${devices.length === 0 ? html`<p class="hint">${words.noDevices}</p>` : list}
  </section>`;
}

function deviceLine(visit: Visit, device: ListedDevice): Html {
  const words = visit.words.people.sessions;
  const which = nameOfComes(visit, device);
  return html`<li>
    <p>
      <b>${which}</b>
    </p>
    <p class="hint">
      ${words.known} ${instantWords(visit, device.knownAt)} · ${words.lastSignIn} ${instantWords(visit, device.signedInAt)}
    </p>
    <form method="post" action="/office/profile/devices/${device.id}/forget" data-turbo="false">
      <button class="btn btn-sm" type="submit" aria-label="${words.forgetOf(which)}">${words.forget}</button>
    </form>
  </li>`;
}

function nameOfComes(visit: Visit, { browser, system }: Comes): string {
  const { browsers, systems } = visit.words.people.sessions;
  return `${browsers[browser]} · ${systems[system]}`;
}
