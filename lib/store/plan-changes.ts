import { fixedPart } from '@/lib/compile/fixed-part';
import type { Plan, PlanAveraging, PlanNode, PlanPlayer } from '@/lib/compile/plan';
import type { RunMessage } from '@/lib/train/protocol';

/** What a change of the plan asks of a run. Pure; the store carries it out. */
interface PlanChanges {
  /** Parameters that act at once. */
  readonly live: readonly { readonly node: string; readonly param: string; readonly value: unknown }[];
  /** The new target iteration. */
  readonly target?: number;
  /**
   * `watch`: the game is the same, looked at by other views and metrics; `replan` keeps the weights of unchanged
   * layers; `restart` begins at iteration 0 (the seed changed).
   */
  readonly structure: 'same' | 'watch' | 'replan' | 'restart';
}

type Entry = Pick<PlanNode | PlanPlayer | PlanAveraging, 'id' | 'kind' | 'params'>;

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Whatever has parameters that act on training. */
const entriesOf = (plan: Plan): Entry[] => [
  ...plan.game,
  ...plan.players,
  ...plan.averagings,
  ...plan.networks.flatMap((network) => network.nodes),
];

export function comparePlans(before: Plan, after: Plan): PlanChanges {
  const target =
    before.settings.iterations === after.settings.iterations ? {} : { target: after.settings.iterations };
  if (before.settings.seed !== after.settings.seed) return { live: [], ...target, structure: 'restart' };
  const isSameGame = fixedPart(before) === fixedPart(after) && same(before.calls, after.calls);
  if (!isSameGame) return { live: [], ...target, structure: 'replan' };
  const old = new Map(entriesOf(before).map((entry) => [entry.id, entry.params]));
  const live = entriesOf(after).flatMap((entry) =>
    Object.entries(entry.params)
      .filter(([name, value]) => !same(old.get(entry.id)?.[name], value))
      .map(([param, value]) => ({ node: entry.id, param, value })),
  );
  const isWatchedAlike = same(before.views, after.views) && same(before.metrics, after.metrics);
  return { live, ...target, structure: isWatchedAlike ? 'same' : 'watch' };
}

/** The messages that a run which keeps its weights gets of them. */
export function messagesOf(changes: PlanChanges, runId: string, plan: Plan): RunMessage[] {
  const { target, structure, live } = changes;
  return [
    ...(target === undefined ? [] : [{ type: 'target', runId, iterations: target } as const]),
    ...(structure === 'replan' || structure === 'watch' ? [{ type: structure, runId, plan } as const] : []),
    ...live.map((edit) => ({ type: 'live', runId, ...edit }) as const),
  ];
}
