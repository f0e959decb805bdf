import type { NodeDefinition, Tf } from '../define';

/** What a check of a kind comes to: how many comparisons really ran, and what was wrong. */
export interface Outcome {
  readonly ran: number;
  readonly failures: readonly string[];
}

/** A check that every kind passes, or that does not concern it (`ran` is 0). */
export type Check = (definition: NodeDefinition, tf: Tf) => Outcome | Promise<Outcome>;

/** Collects comparisons: a failure is the text given. */
export function createTally() {
  const failures: string[] = [];
  let ran = 0;
  return {
    expect(isRight: boolean, failure: string): void {
      ran++;
      if (!isRight) failures.push(failure);
    },
    outcome: (): Outcome => ({ ran, failures }),
  };
}
