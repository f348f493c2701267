/** What a reporter said last: whether it is solved, and whether they are satisfied, where they would say. */
export type Said = { readonly solved: boolean; readonly satisfied: boolean | null };

type Counts = { readonly answered: number; readonly solved: number; readonly satisfied: number };

/** A problem's counts with what a reporter answered, or without it; none: as they were. */
export function countedAnswers({ answered, solved, satisfied }: Counts, said: Said | null, times: 1 | -1) {
  return {
    answered_count: answered + (said === null ? 0 : times),
    solved_count: solved + (said?.solved === true ? times : 0),
    satisfied_count: satisfied + (said?.satisfied === true ? times : 0),
  };
}
