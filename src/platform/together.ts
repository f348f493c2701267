import { isPassing } from "./passing.ts";

type Waiting<Ask, Answer> = {
  readonly ask: Ask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Does in one go what many ask for in one moment: somebody alone goes at once; while a go is under way, whoever asks waits, and the next
 * takes all of them, up to `most`. `go` answers each ask in its place, or fails and has done nothing. When one of several made it fail,
 * each goes alone, so that nobody's fault is another's; a passing trouble (the database away) is everybody's, and nothing is tried twice.
 */
export function together<Ask, Answer>(
  most: number,
  go: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
): (ask: Ask) => Promise<Answer> {
  const waiting: Waiting<Ask, Answer>[] = [];
  let isUnderWay = false;

  const answer = async (several: readonly Waiting<Ask, Answer>[]): Promise<void> => {
    try {
      const answers = await go(several.map(({ ask }) => ask));
      for (const [i, { resolve, reject }] of several.entries()) {
        const its = answers[i];
        if (its === undefined) reject(new Error("couldn't answer: a go answered fewer than asked"));
        else resolve(its);
      }
    } catch (error) {
      if (several.length === 1 || isPassing(error)) for (const { reject } of several) reject(error);
      else for (const one of several) await answer([one]);
    }
  };
  const goOn = async (): Promise<void> => {
    isUnderWay = true;
    while (waiting.length > 0) await answer(waiting.splice(0, most));
    isUnderWay = false;
  };
  return (ask) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    waiting.push({ ask, resolve, reject });
    if (!isUnderWay) void goOn();
    return promise;
  };
}
