import type { Plan } from '@/lib/compile/plan';
import { createGame } from '@/lib/compile/tf/game';
import type { Tf } from '@/lib/nodes/define';

/**
 * Times real iterations of a game for at most `milliseconds`, compiling and first steps left out. Null where
 * not one could be finished in that time.
 */
export async function measureGame(tf: Tf, plan: Plan, milliseconds: number): Promise<number | null> {
  const deadline = performance.now() + milliseconds;
  const game = createGame(tf, plan);
  const iterate = async () => {
    const losses = [...game.iterate()].map(({ loss }) => loss);
    // Reading the losses is what makes a GPU finish the work.
    await Promise.all(losses.map((loss) => loss.data()));
    for (const loss of losses) loss.dispose();
  };
  let iterations = 0;
  let spent = 0;
  try {
    await iterate();
    while (performance.now() < deadline && iterations < 200) {
      const before = performance.now();
      await iterate();
      spent += performance.now() - before;
      iterations++;
    }
  } finally {
    game.dispose();
  }
  return iterations > 0 ? spent / iterations : null;
}
