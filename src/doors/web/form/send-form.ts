import type { ContentfulStatusCode } from "hono/utils/http-status";
import { once } from "#platform/once";
import type { Town } from "#platform/town";
import type { RefusalCode } from "#refusals";
import { readForm, type Parsed, type Sent } from "#doors/web/form";
import type { Kept } from "#doors/web/keep-photos";
import { refusalOf, statusOf } from "#doors/web/refusal-page";
import { faultsOfRefusal } from "#doors/web/refused-field";
import type { Faults } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { tellDone } from "./done-cookie.ts";
import { backWith, type Drawn } from "./drawn.ts";

/** What is wrong by field; or the act, ready to be done: it says where it leads, or what it made. */
export type Read = { readonly faults: Faults; readonly status?: ContentfulStatusCode } | { readonly act: (town: Town) => Promise<string> };

export type Form = {
  /**
   * Names what is done once: of two sendings with one key the second comes to the outcome of the first. Null where each sending is a
   * doing of its own, whose command keeps its own transactions: nothing is then done once.
   */
  readonly purpose: string | null;
  /** The photos it brings: where they are chosen, and how the good ones are kept. */
  readonly photos?: { readonly field: string; readonly keep: (sent: Sent) => Promise<Kept> };
  readonly read: (sent: Sent) => Read | Promise<Read>;
  /** The field a refusal stands beside, where that is not for its code to say. */
  readonly beside?: string;
  /** The page it stands on, when it comes back. */
  readonly back: (drawn: Drawn) => Response | Promise<Response>;
  /** Answers when it was done, where that is more than to lead to the address that the act gave. */
  readonly answer?: (outcome: string, sent: Sent) => Response | Promise<Response>;
};

/**
 * Takes a form that was sent: reads it, keeps its photos, does its act once and leads on. Whatever stands in the way – a field that means
 * nothing, a photo that is none, the town's refusal beside the field it is about, a full disk – brings the form back with everything
 * typed in it. Photos are kept before anything else, so that a form which comes back need not be given them again: their hashes travel on
 * in `photos`, and those that no act then names are forgotten after some hours.
 */
export async function sendForm(visit: Visit, form: Form): Promise<Response> {
  let sent = await readForm(visit);
  try {
    const kept = form.photos === undefined ? null : await form.photos.keep(sent);
    if (kept !== null) sent = { ...sent, lists: { ...sent.lists, photos: kept.photos } };
    const ofPhotos = faultsOfPhotos(form, kept);
    const read = await form.read(sent);
    if ("faults" in read) return await form.back(backWith(sent, { ...read.faults, ...ofPhotos }, read.status));
    if (kept !== null && kept.fault !== null) return await form.back(backWith(sent, ofPhotos, kept.fault.status));
    const outcome = await doOnce(visit, sent, form.purpose, read.act);
    return (await form.answer?.(outcome, sent)) ?? visit.context.redirect(outcome, 303);
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === null) throw error;
    return form.back({ ...backWith(sent, faultsOf(visit, form, sent, refused), statusOf(refused)), refused });
  }
}

function faultsOf(visit: Visit, { beside, photos }: Form, { typed }: Sent, refused: RefusalCode): Faults {
  if (beside !== undefined) return { [beside]: visit.words.refusals.codes[refused] };
  // A browser sends no field for photos when none was chosen.
  return faultsOfRefusal(visit, refused, { typed: photos === undefined ? typed : { ...typed, [photos.field]: "" } });
}

function faultsOfPhotos({ photos }: Form, kept: Kept | null): Faults {
  return photos === undefined || kept === null || kept.fault === null ? {} : { [photos.field]: kept.fault.words };
}

/** Does a form's act: once, however often it is sent, where it has a purpose. */
async function doOnce(visit: Visit, sent: Sent, purpose: string | null, act: (town: Town) => Promise<string>): Promise<string> {
  const { town, at } = visit;
  const outcome = purpose === null ? await act(town) : await once(town, purpose, at, sent.key, act);
  tellDone(visit, sent.key);
  return outcome;
}

/** Does one of several acts that a form asks for, each once; null when it was done, else why the town said no. */
export async function whyNotDone(
  visit: Visit,
  sent: Sent,
  purpose: string,
  act: (town: Town) => Promise<string>,
): Promise<RefusalCode | null> {
  try {
    await doOnce(visit, sent, purpose, act);
    return null;
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === null) throw error;
    return refused;
  }
}

/** What a parser found, as a form reads it: the act is given what it means. */
export function readAs<T>({ value, faults }: Parsed<T>, act: (town: Town, what: T) => Promise<string>): Read {
  return faults === null ? { act: (town) => act(town, value) } : { faults };
}

/** The same, where more is wrong than its schema can see. */
export function withFaults(read: Read, faults: Faults): Read {
  if (Object.keys(faults).length === 0) return read;
  return { faults: { ...("faults" in read ? read.faults : {}), ...faults } };
}
