import type { z } from "zod";
import { AddDevice, addDevice } from "#people/add-device";
import { AddProgram, addProgram } from "#people/add-program";
import { DEVICE_KINDS, KEY_CAPABILITIES, PROGRAM_CHANNELS } from "#people/key";
import { listDevices, listPrograms } from "#people/list-keys";
import type { Officer } from "#people/officer";
import { listUnits } from "#people/queries";
import { RevokeDevice, revokeDevice } from "#people/revoke-device";
import { RevokeProgram, revokeProgram } from "#people/revoke-program";
import { dayOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { formKey, parse } from "#doors/web/form";
import { part } from "#doors/web/form/drawn";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import { shortDay } from "#doors/web/ui/day";
import { lineField, selectField } from "#doors/web/ui/field";
import { officeHead, officePage, officeTable } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { BLANK, formPanel, sendSettings, settingsForm, settingsPage, type SettingsDrawn } from "./settings-form.ts";
import { inTree, unitOption } from "./units.ts";

/** A device or a program as its list shows it; `kind` is already in words. */
type Listed = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly prefix: string;
  readonly expiresOn: Day;
  readonly seenOn: Day | null;
  readonly revokedAt: Date | null;
};

/** What a list of keys says of its own. */
type KeyList<T, Of extends "programs" | "devices"> = {
  readonly of: Of;
  readonly read: (visit: Visit) => Promise<readonly Listed[]>;
  /** What its form asks beside name, capabilities and last day. */
  readonly fields: (visit: Visit, drawn: SettingsDrawn) => Promise<Html>;
  readonly schema: z.ZodType<T>;
  readonly add: (town: Town, by: Officer, at: Date, what: T) => Promise<string>;
};

const PROGRAMS: KeyList<AddProgram, "programs"> = {
  of: "programs",
  schema: AddProgram,
  add: addProgram,
  read: async (visit) => {
    const channels: { readonly [channel: string]: string } = visit.words.common.channels;
    return (await listPrograms(visit.town)).map((one) => ({ ...one, kind: channels[one.channel] ?? one.channel }));
  },
  async fields(visit, { typed, faults }) {
    const options = PROGRAM_CHANNELS.map((value) => ({ value, label: visit.words.common.channels[value] }));
    const words = visit.words.people.keys.programs;
    return selectField(visit, { name: "channel", label: words.kind, hint: words.kindHint, options, typed, faults });
  },
};

const DEVICES: KeyList<AddDevice, "devices"> = {
  of: "devices",
  schema: AddDevice,
  add: addDevice,
  read: async (visit) => {
    const names = await visit.names();
    const { kinds } = visit.words.people.keys.devices;
    const devices = await listDevices(visit.town);
    return devices.map((one) => ({ ...one, kind: `${kinds[one.kind]} · ${nameOf(visit, names.units.get(one.unit))}` }));
  },
  async fields(visit, { typed, faults }) {
    const words = visit.words.people.keys.devices;
    const kinds = DEVICE_KINDS.map((value) => ({ value, label: words.kinds[value] }));
    const units = inTree(await listUnits(visit.town)).map((unit) => ({ ...unitOption(visit, unit), retired: unit.retired }));
    const { unit, chooseUnit } = visit.words.people.officers;
    return html`${selectField(visit, { name: "kind", label: words.kind, hint: words.kindHint, options: kinds, typed, faults })}
    ${selectField(visit, { name: "unit", label: unit, options: units, none: chooseUnit, typed, faults })}`;
  },
};

export const keyRoutes = [
  ...listOf(PROGRAMS),
  ...listOf(DEVICES),
  route("POST /office/people/programs/:program/revoke", { who: "keep-accounts", kind: "act" }, (visit, { program }) =>
    sendSettings(visit, {
      purpose: "program.revoke",
      schema: RevokeProgram,
      with: { program },
      act: revokeProgram,
      to: "/office/people/programs?done=keyRevoked",
      back: (drawn) => listPage(visit, PROGRAMS, drawn),
    }),
  ),
  route("POST /office/people/devices/:device/revoke", { who: "keep-accounts", kind: "act" }, (visit, { device }) =>
    sendSettings(visit, {
      purpose: "device.revoke",
      schema: RevokeDevice,
      with: { device },
      act: revokeDevice,
      to: "/office/people/devices?done=keyRevoked",
      back: (drawn) => listPage(visit, DEVICES, drawn),
    }),
  ),
];

function listOf<T, Of extends "programs" | "devices">(list: KeyList<T, Of>) {
  return [
    route(`GET /office/people/${list.of}`, { who: "keep-accounts", kind: "page" }, (visit) => listPage(visit, list, BLANK)),
    route(`POST /office/people/${list.of}`, { who: "keep-accounts", kind: "act" }, (visit) => sendNew(visit, list)),
  ];
}

async function listPage<T, Of extends "programs" | "devices">(visit: Visit, list: KeyList<T, Of>, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.keys;
  const own = words[list.of];
  const row = (one: Listed) =>
    html`<tr>
      <th scope="row">${one.name}</th>
      <td data-label="${own.kind}">${one.kind}</td>
      <td data-label="${words.prefix}"><code>${one.prefix}…</code></td>
      <td data-label="${words.seen}">${one.seenOn === null ? words.never : shortDay(visit, one.seenOn)}</td>
      <td data-label="${words.expires}">${shortDay(visit, one.expiresOn)}</td>
      <td class="office-open">${keyState(visit, list.of, one)}</td>
    </tr>`;
  const fields = html`<div class="office-grid">
    ${lineField(visit, part(drawn, "name", words.name, own.nameHint))}
    ${await list.fields(visit, drawn)}
    ${lineField(visit, { ...part(drawn, "expiresOn", words.expires, words.expiresHint), type: "date" })}
    ${capabilityBoxes(visit)}
  </div>`;
  const rows = (await list.read(visit)).map(row);
  const content = html`${officeTable([words.name, own.kind, words.prefix, words.seen, words.expires], rows, words.revoke)}
  ${formPanel("add", own.add, settingsForm(`/office/people/${list.of}`, drawn, fields, own.add))}`;
  const under = html`<a href="/office/people">${visit.words.people.officers.title}</a> · ${own.under}`;
  return settingsPage(visit, await visit.names(), drawn, { at: "people", title: own.title, under, content });
}

function capabilityBoxes(visit: Visit): Html {
  const words = visit.words.people.keys;
  return html`<fieldset class="field">
    <legend>${words.may}</legend>
    ${KEY_CAPABILITIES.map(
      (capability) =>
        html`<label class="form-check">
          <input class="form-check-input" type="checkbox" name="capabilities" value="${capability}" checked>
          ${words.capabilities[capability]}
        </label>`,
    )}
  </fieldset>`;
}

/** The button that takes a key back, or when that was done. */
function keyState(visit: Visit, of: "programs" | "devices", one: Listed): Html | string {
  if (one.revokedAt === null) return revokeForm(visit, of, one);
  return html`${visit.words.people.keys.revokedOn} ${shortDay(visit, dayOf(one.revokedAt))}`;
}

function revokeForm(visit: Visit, of: "programs" | "devices", { id, name }: Listed): Html {
  return html`<form method="post" action="/office/people/${of}/${id}/revoke">
    ${formKey()}
    <button class="btn btn-sm" type="submit">
      ${visit.words.people.keys.revoke}<span class="visually-hidden"> ${name}</span>
    </button>
  </form>`;
}

/** The key exists in this one answer and nowhere else: a repeated sending leads to the list. */
function sendNew<T, Of extends "programs" | "devices">(visit: Visit, list: KeyList<T, Of>): Promise<Response> {
  const keys: string[] = [];
  return sendForm(visit, {
    purpose: `${list.of}.add`,
    read: ({ typed, lists }) =>
      readAs(parse(visit, list.schema, { ...typed, capabilities: lists["capabilities"] ?? [] }), async (town, what) => {
        keys.push(await list.add(town, signedIn(visit), visit.at, what));
        return `/office/people/${list.of}`;
      }),
    answer: (to) => (keys[0] === undefined ? visit.context.redirect(to, 303) : keyShown(visit, list.of, keys[0])),
    back: (drawn) => listPage(visit, list, { ...BLANK, ...drawn }),
  });
}

async function keyShown(visit: Visit, of: "programs" | "devices", key: string): Promise<Response> {
  const words = visit.words.people.keys;
  const body = html`${officeHead(words.shownTitle, words.shownHint)}
    <div class="office-code">
      <b>${key}</b>
    </div>
    <p>
      <a class="btn btn-primary" href="/office/people/${of}">${words[of].title}</a>
    </p>`;
  return officePage(visit, await visit.names(), { title: words.shownTitle, body, at: "people" });
}
