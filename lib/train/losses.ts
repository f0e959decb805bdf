import type { UpdateResult } from '@/lib/compile/tf/iterate';
import type { Tf } from '@/lib/nodes/define';
import { defined } from '@/lib/util/assert';

/** The loss of each update since the last report, by optimizer. */
export type LossCurves = {
  readonly [optimizer: string]: { readonly iterations: number[]; readonly values: number[] };
};

/** An update whose loss was not a number, or infinite. */
export interface BadLoss {
  readonly player: string;
  readonly iteration: number;
  readonly value: number;
}

/** Losses on their way from tensors to numbers: read in groups, since a read makes a GPU wait. */
export interface Losses {
  add(result: UpdateResult, iteration: number): void;
  hasUnread(): boolean;
  /** Reads what was added. The first bad loss, if there is one. */
  read(): Promise<BadLoss | undefined>;
  /** What was read since the last take. */
  take(): LossCurves;
  /** Drops what was not read. */
  dispose(): void;
}

export function createLosses(tf: Tf): Losses {
  let unread: { result: UpdateResult; iteration: number }[] = [];
  /** Reads under way: what they will bring is not known yet. */
  let reading = 0;
  let curves: Record<string, { iterations: number[]; values: number[] }> = {};
  const disposeAll = (updates: typeof unread) => {
    for (const { result } of updates) result.loss.dispose();
  };
  return {
    add: (result, iteration) => void unread.push({ result, iteration }),
    hasUnread: () => unread.length + reading > 0,
    async read() {
      const updates = unread;
      unread = [];
      if (updates.length === 0) return undefined;
      const first = defined(updates[0], 'update').result.loss;
      const stacked = updates.length === 1 ? first : tf.stack(updates.map(({ result }) => result.loss));
      reading++;
      const values = await stacked.data().finally(() => reading--);
      if (stacked !== first) stacked.dispose();
      disposeAll(updates);
      for (const [i, { result, iteration }] of updates.entries()) {
        const value = values[i] as number;
        const entry = curves[result.player] ?? { iterations: [], values: [] };
        curves[result.player] = entry;
        entry.iterations.push(iteration);
        entry.values.push(value);
        if (!Number.isFinite(value)) return { player: result.player, iteration, value };
      }
      return undefined;
    },
    take() {
      const taken = curves;
      curves = {};
      return taken;
    },
    dispose() {
      disposeAll(unread);
      unread = [];
    },
  };
}
