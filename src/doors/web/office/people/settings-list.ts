import type { z } from "zod";
import type { Capability } from "#people/capability";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import type { Directory } from "#publication/directory";
import type { AskedIn } from "#doors/route-name";
import type { Entrance } from "#doors/web/access";
import { notFoundPage } from "#doors/web/error-pages";
import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import type { Typed } from "#doors/web/ui/field";
import { officeTable, openCell } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import {
  BLANK,
  drawnOver,
  formPanel,
  sendSettings,
  settingsForm,
  settingsPage,
  versionField,
  type SettingsDrawn,
} from "./settings-form.ts";

type Listed = {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly retired: boolean;
  readonly version: number;
};

/** Among what a form of a list stands: the one it changes, null where it adds one. */
export type Among<One> = { readonly one: One | null; readonly all: readonly One[]; readonly names: Directory };

type Command<T> = readonly [schema: z.ZodType<T>, act: (town: Town, by: Officer, at: Date, what: T) => Promise<unknown>];

/** What a list of the settings says of its own; the rest is the same for all: a list to add to, and a page each to change and retire. */
export type SettingsList<One extends Listed> = {
  readonly at: "units" | "villages" | "categories" | "answers";
  readonly kind: "unit" | "village" | "category" | "standard-answer";
  readonly list: "/office/people/units" | "/office/people/villages" | "/office/rules/categories" | "/office/rules/answers";
  /** What lets somebody read and change it. */
  readonly who: Capability;
  readonly read: (town: Town) => Promise<readonly One[]>;
  /** How its name stands in the table, where that is more than the name. */
  readonly named?: (one: One) => Html;
  /** What stands in the table beside the names. */
  readonly columns: (visit: Visit, names: Directory) => readonly (readonly [head: string, cell: (one: One) => string | number])[];
  /** What its form is filled with. */
  readonly typedOf: (one: One) => Typed;
  /** What a form asks: to add one more, or to change the one. */
  readonly fields: (visit: Visit, drawn: SettingsDrawn, among: Among<One>) => Html;
  /** What else is said about changing one. */
  readonly note?: (visit: Visit) => string;
};

type Commands<Add, Change, Retire> = {
  readonly add: Command<Add>;
  readonly change: Command<Change>;
  readonly retire: Command<Retire>;
};

type OneOf =
  | "/office/people/units/:unit"
  | "/office/people/villages/:village"
  | "/office/rules/categories/:category"
  | "/office/rules/answers/:answer";

/** The one thing an address of a list's thing asks for. */
function idIn(asked: AskedIn<`GET ${OneOf}`>): string {
  return Object.values(asked).join("");
}

/** The routes of a list of the settings: `one` is the address of each that stands in it. */
export function listRoutes<One extends Listed, Add, Change, Retire>(
  list: SettingsList<One>,
  one: OneOf,
  { add, change, retire }: Commands<Add, Change, Retire>,
) {
  const { kind, who } = list;
  const reads: Entrance = { who, kind: "page" };
  const changes: Entrance = { who, kind: "act" };
  return [
    route(`GET ${list.list}`, reads, (visit) => listPage(visit, list, BLANK)),
    route(`POST ${list.list}`, changes, (visit) =>
      sendSettings(visit, {
        purpose: `${kind}.add`,
        schema: add[0],
        act: add[1],
        to: `${list.list}?done=added`,
        back: (drawn) => listPage(visit, list, drawn),
      }),
    ),
    route(`GET ${one}`, reads, (visit, asked) => onePage(visit, list, idIn(asked), BLANK)),
    route(`POST ${one}`, changes, (visit, asked) =>
      sendSettings(visit, {
        purpose: `${kind}.change`,
        schema: change[0],
        with: asked,
        act: change[1],
        to: `${list.list}?done=changed`,
        back: (drawn) => onePage(visit, list, idIn(asked), drawn),
      }),
    ),
    route(`POST ${one}/retire`, changes, (visit, asked) =>
      sendSettings(visit, {
        purpose: `${kind}.retire`,
        schema: retire[0],
        with: asked,
        act: retire[1],
        to: `${list.list}?done=retired`,
        back: (drawn) => onePage(visit, list, idIn(asked), drawn),
      }),
    ),
  ];
}

async function listPage<One extends Listed>(visit: Visit, list: SettingsList<One>, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.settings;
  const { title, under, add } = words[list.at];
  const all = await list.read(visit.town);
  const names = await visit.names();
  const columns = list.columns(visit, names);
  const row = (one: One) =>
    html`<tr>
      <th scope="row">${list.named?.(one) ?? one.nameZh}${one.retired ? html` <span class="badge">${words.retired}</span>` : ""}</th>
      <td data-label="${words.nameEn}">${one.nameEn}</td>
      ${columns.map(([head, cell]) => html`<td data-label="${head}">${cell(one)}</td>`)}
      ${one.retired ? html`<td class="office-open"></td>` : openCell(`${list.list}/${one.id}`, words.change, one.nameZh)}
    </tr>`;
  const content = html`${officeTable([words.nameZh, words.nameEn, ...columns.map(([head]) => head)], all.map(row), words.change)}
  ${formPanel("add", add, settingsForm(list.list, drawn, list.fields(visit, drawn, { one: null, all, names }), words.add))}`;
  const pasting = list.at === "categories" || list.at === "answers" ? null : visit.words.people.paste.into[list.at].title;
  const below = pasting === null ? under : html`${under} · <a href="${list.list}/paste">${pasting}</a>`;
  return settingsPage(visit, names, drawn, { at: list.at, title, under: below, content });
}

async function onePage<One extends Listed>(visit: Visit, list: SettingsList<One>, asked: string, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.settings;
  const { title, retireHint } = words[list.at];
  const all = await list.read(visit.town);
  const one = all.find(({ id, retired }) => id === asked && !retired);
  if (one === undefined) return notFoundPage(visit);
  const names = await visit.names();
  const here = `${list.list}/${one.id}`;
  const kept = { typed: list.typedOf(one), version: one.version, subject: { kind: list.kind, id: one.id } };
  const shown = await drawnOver(visit, drawn, kept);
  const content = html`<section class="card office-panel">
      ${settingsForm(here, shown, list.fields(visit, shown, { one, all, names }), visit.words.common.save)}
    </section>
    <section class="card office-panel">
      <form class="office-one" method="post" action="${here}/retire">
        ${formKey()}
        ${versionField(shown)}
        <button class="btn" type="submit">${words.retire}</button>
        <p class="office-refused">${retireHint}</p>
      </form>
    </section>`;
  const under = html`<a href="${list.list}">${title}</a>${list.note === undefined ? "" : ` · ${list.note(visit)}`}`;
  return settingsPage(visit, names, shown, { at: list.at, title: one.nameZh, under, content });
}
