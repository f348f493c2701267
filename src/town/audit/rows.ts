import type { Selectable } from "kysely";
import type { DB } from "#platform/schema.generated";

export type Table = keyof DB;

/** A row as far as events tell it: a column that no event told is not there, one whose word was redacted is undefined. */
export type ToldRow<T extends Table> = { [C in keyof Selectable<DB[T]>]?: Selectable<DB[T]>[C] | undefined };

/** Of a table in which the subject of the events has one row, or the town has. */
export function theOne(): boolean {
  return true;
}

/** The row that bears the id of the event's subject. */
export function isOf({ subject }: { readonly subject: string }): (row: { readonly id?: string | undefined }) => boolean {
  return ({ id }) => id === subject;
}

type Store = { [T in Table]?: ToldRow<T>[] };

/** The rows that events made, as they would stand if nothing else had ever touched them. */
export class Rows {
  readonly #rows: Store = {};

  /** An event made a row. */
  add<T extends Table>(table: T, row: ToldRow<T>): void {
    const rows: Store[T] = this.#rows[table];
    if (rows === undefined) this.#rows[table] = [row];
    else rows.push(row);
  }

  all<T extends Table>(table: T): readonly ToldRow<T>[] {
    return this.#rows[table] ?? [];
  }

  /** The latest row of which `is` holds, or null: an event that no earlier one prepared tells nothing. */
  last<T extends Table>(table: T, is: (row: ToldRow<T>) => boolean = () => true): ToldRow<T> | null {
    return this.all(table).findLast(is) ?? null;
  }

  /** An event changed the latest row of which `is` holds: `isOf(told)`, or `theOne` where one subject has but one. */
  change<T extends Table>(table: T, columns: ToldRow<T>, is: (row: ToldRow<T>) => boolean): void {
    Object.assign(this.last(table, is) ?? {}, columns);
  }

  /** An event made a row, which stands instead of the one of which `is` holds, if there is one. */
  put<T extends Table>(table: T, row: ToldRow<T>, is: (row: ToldRow<T>) => boolean): void {
    if (this.last(table, is) === null) this.add(table, row);
    else this.change(table, row, is);
  }

  /** An event took away every row of which `is` holds. */
  drop<T extends Table>(table: T, is: (row: ToldRow<T>) => boolean): void {
    this.#rows[table] = this.all(table).filter((row) => !is(row));
  }

  /** Every table with its rows, for whoever compares them all. */
  entries(): readonly (readonly [string, readonly object[]])[] {
    return Object.entries(this.#rows);
  }
}
