import type { Plan } from '@/lib/compile/plan';

const MOST = 500;

/** The last losses of each optimizer, for their mean: 500 updates, at most a tenth of the run. */
export function createTail(plan: Plan): {
  add(losses: { readonly [player: string]: { readonly values: ArrayLike<number> } }): void;
  means(): Record<string, number>;
} {
  const kept = new Map(plan.players.map(({ id }) => [id, [] as number[]]));
  const counts = new Map<string, number>();
  return {
    add(losses) {
      for (const [player, { values }] of Object.entries(losses)) {
        counts.set(player, (counts.get(player) ?? 0) + values.length);
        kept.set(player, [...(kept.get(player) ?? []), ...Array.from(values)].slice(-MOST));
      }
    },
    means: () =>
      Object.fromEntries(
        [...kept].map(([player, values]) => {
          const share = Math.max(1, Math.min(MOST, Math.floor((counts.get(player) ?? 0) / 10)));
          const last = values.slice(-share);
          return [player, last.reduce((sum, value) => sum + value, 0) / last.length];
        }),
      ),
  };
}
