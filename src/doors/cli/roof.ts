import type { House } from "#platform/house";
import type { Settings } from "#platform/settings";

/** What the roof lends to the command line: the environment, the clock, the running of a whole town. */
export type Roof = {
  readonly settings: Settings;
  readonly print: (line: string) => void;
  /** To standard error, so that what a command prints can be read by another program. */
  readonly complain: (line: string) => void;
  /** How far a long work has come; shown in place, to a person only. */
  readonly progress: (done: number, of: number) => void;
  readonly now: () => Date;
  readonly start: () => Promise<number>;
  readonly demo: () => Promise<number>;
  /** Brings the database to this code and says which steps ran. */
  readonly migrate: () => Promise<readonly string[]>;
  /** Runs work in the house of the data folder, beside the program when it runs, and leaves everything as it was. */
  readonly visit: <T>(work: (house: House) => Promise<T>) => Promise<T>;
  /** Ends at the first Ctrl-C or SIGTERM. */
  readonly untilStopped: () => Promise<void>;
};

/** What a command line asks for, once its words are understood; resolves to the exit code. */
export type Command = (roof: Roof) => Promise<number>;

/** The command line makes no sense; the sentence goes above the usage, and the exit code is 2. */
export class Misused extends Error {}
