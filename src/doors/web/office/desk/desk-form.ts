import type { z } from "zod";
import type { Capability } from "#people/capability";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import type { Directory } from "#publication/directory";
import type { DeskCommand, ProblemDesk } from "#office/desk";
import type { Sent } from "#doors/web/form";
import type { Drawn } from "#doors/web/form/drawn";
import { readAs, withFaults, type Read } from "#doors/web/form/send-form";
import type { Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { parseOpenly } from "#doors/web/office/publishing";
import type { Faults } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import type { Weighed } from "./weighed.ts";

/** What a form of the desk is drawn from: the problem, the names, and what was typed when it comes back faulty. */
export type DeskView = Pick<Drawn, "typed" | "lists" | "faults"> & {
  readonly visit: Visit;
  readonly names: Directory;
  readonly desk: ProblemDesk;
  readonly officer: Officer;
  /** For whoever may verify: what cameras wrote down, to weigh the photos by. */
  readonly weighed: Weighed | null;
};

export type DeskForm = {
  readonly command: DeskCommand;
  readonly who: Capability;
  /** Whether the form carries photos: it is then sent as multipart. */
  readonly photos: boolean;
  readonly fields: (view: DeskView) => Html;
  /** Where one button does not say it all. */
  readonly buttons: ((view: DeskView) => Html) | null;
  /** Reads what was sent; the act leads to this address. */
  readonly read: (visit: Visit, sent: Sent, to: string) => Read;
};

type Parts<T> = {
  readonly command: DeskCommand;
  readonly who: Capability;
  readonly schema: z.ZodType<T>;
  readonly photos?: boolean;
  readonly fields: (view: DeskView) => Html;
  readonly buttons?: (view: DeskView) => Html;
  /** Turns the flat fields of a form into what the command's schema takes. */
  readonly gather?: (sent: Sent, visit: Visit) => object;
  /** What is missing that its schema leaves to the town to refuse. */
  readonly missing?: (visit: Visit, sent: Sent) => Faults;
  readonly act: (town: Town, by: Officer, at: Date, what: T) => Promise<unknown>;
};

/** Ties a command to its fields: one schema parses the form and types the act. */
export function deskForm<T>(parts: Parts<T>): DeskForm {
  const { command, who, schema, fields, act, gather } = parts;
  return {
    command,
    who,
    photos: parts.photos ?? false,
    fields,
    buttons: parts.buttons ?? null,
    read(visit, sent, to) {
      const officer = signedIn(visit);
      const read = readAs(parseOpenly(visit, schema, { ...sent.typed, ...gather?.(sent, visit) }), async (town, what) => {
        await act(town, officer, visit.at, what);
        return to;
      });
      return withFaults(read, parts.missing?.(visit, sent) ?? {});
    },
  };
}
