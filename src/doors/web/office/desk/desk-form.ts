import type { z } from "zod";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import type { Directory } from "#publication/directory";
import type { DeskCommand, ProblemDesk } from "#verification/desk";
import type { Sent } from "#doors/web/form";
import type { Html } from "#doors/web/html";
import { parseOpenly } from "#doors/web/office/publishing";
import type { Faults, Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/** What a form of the desk is drawn from: the problem, the names, and what was typed when it comes back faulty. */
export type DeskView = {
  readonly visit: Visit;
  readonly names: Directory;
  readonly desk: ProblemDesk;
  readonly officer: Officer;
  readonly typed: Typed;
  readonly lists: Sent["lists"];
  readonly faults: Faults;
};

export type DeskForm = {
  readonly command: DeskCommand;
  /** Whether the form carries photos: it is then sent as multipart. */
  readonly photos: boolean;
  readonly fields: (view: DeskView) => Html;
  /** Parses what was sent: what is wrong by field, or the act, ready to be done in a transaction. */
  readonly read: (
    visit: Visit,
    officer: Officer,
    sent: Sent,
  ) => { readonly faults: Faults } | { readonly act: (town: Town) => Promise<unknown> };
};

type Parts<T> = {
  readonly command: DeskCommand;
  readonly schema: z.ZodType<T>;
  readonly photos?: boolean;
  readonly fields: (view: DeskView) => Html;
  /** Turns the flat fields of a form into what the command's schema takes. */
  readonly gather?: (sent: Sent) => object;
  readonly act: (town: Town, by: Officer, at: Date, what: T) => Promise<unknown>;
};

/** Ties a command to its fields: one schema parses the form and types the act. */
export function deskForm<T>(parts: Parts<T>): DeskForm {
  const { command, schema, fields, act, gather } = parts;
  return {
    command,
    photos: parts.photos ?? false,
    fields,
    read(visit, officer, sent) {
      const { value, faults } = parseOpenly(visit, schema, { ...sent.typed, ...gather?.(sent) });
      if (faults !== null) return { faults };
      return { act: (town) => act(town, officer, visit.at, value) };
    },
  };
}
