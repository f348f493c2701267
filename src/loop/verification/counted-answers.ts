/** What a reporter said. */
type Said = { readonly solved?: boolean | undefined; readonly satisfied?: boolean | null | undefined };

type Counts = { readonly answered: number; readonly solved: number; readonly satisfied: number };

/** A problem's counts with one more answer: of several of one reporter the last counts, instead of the one it replaces. */
export function countedWith({ answered, solved, satisfied }: Counts, said: Said, replaces: Said | null | undefined) {
  return {
    answered_count: answered + (replaces ? 0 : 1),
    solved_count: solved + one(said.solved) - one(replaces?.solved),
    satisfied_count: satisfied + one(said.satisfied) - one(replaces?.satisfied),
  };
}

function one(said: boolean | null | undefined): number {
  return said === true ? 1 : 0;
}
