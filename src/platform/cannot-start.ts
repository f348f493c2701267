/**
 * Why the program does not start, in words for whoever started it: what is wrong and what to do about it.
 * The roof prints both sentences without a stack.
 */
export class CannotStart extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(zh: string, en: string, cause?: unknown) {
    super(en, { cause });
    this.zh = zh;
    this.en = en;
  }
}

/** Tells whoever watches the terminal, in both languages. */
export type Say = (zh: string, en: string) => void;
