import type * as z from 'zod';
import type { Plan, PlanNode, PlanPlayer } from '@/lib/compile/plan';
import { paramMeta } from '@/lib/nodes/params';
import { findDefinition } from '@/lib/nodes/registry';
import type { RunMessage } from '@/lib/train/protocol';

/** What a change of the plan asks of a run. Pure; the store carries it out. */
export interface PlanChanges {
  /** Parameters that act at once. */
  readonly live: readonly { readonly node: string; readonly param: string; readonly value: unknown }[];
  /** The new target iteration. */
  readonly target?: number;
  /** `replan` keeps the weights of unchanged layers; `restart` begins at iteration 0 (the seed changed). */
  readonly structure: 'same' | 'replan' | 'restart';
}

type Entry = Pick<PlanNode | PlanPlayer, 'id' | 'kind' | 'params'>;

/** Does this parameter act without recompiling? */
function isLive(kind: string, param: string): boolean {
  const field = findDefinition(kind)?.params.shape[param] as z.ZodType | undefined;
  return field !== undefined && paramMeta(field).live === true;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const entriesOf = (plan: Plan): Entry[] => [
  ...plan.game,
  ...plan.players,
  ...plan.views,
  ...plan.metrics,
  ...plan.networks.flatMap((network) => network.nodes),
];

/** A plan without what can change while it runs, as text. */
function skeleton(plan: Plan): string {
  const { seed: _seed, iterations: _iterations, ...settings } = plan.settings;
  const strip = <T extends Entry>(entry: T): T => ({
    ...entry,
    params: Object.fromEntries(Object.entries(entry.params).filter(([name]) => !isLive(entry.kind, name))),
  });
  return JSON.stringify({
    ...plan,
    settings,
    networks: plan.networks.map((network) => ({ ...network, nodes: network.nodes.map(strip) })),
    game: plan.game.map(strip),
    players: plan.players.map(strip),
    views: plan.views.map(strip),
    metrics: plan.metrics.map(strip),
  });
}

export function comparePlans(before: Plan, after: Plan): PlanChanges {
  const target =
    before.settings.iterations === after.settings.iterations ? {} : { target: after.settings.iterations };
  if (before.settings.seed !== after.settings.seed) return { live: [], ...target, structure: 'restart' };
  if (skeleton(before) !== skeleton(after)) return { live: [], ...target, structure: 'replan' };
  const old = new Map(entriesOf(before).map((entry) => [entry.id, entry.params]));
  const live = entriesOf(after).flatMap((entry) =>
    Object.entries(entry.params)
      .filter(([name, value]) => !same(old.get(entry.id)?.[name], value))
      .map(([param, value]) => ({ node: entry.id, param, value })),
  );
  return { live, ...target, structure: 'same' };
}

/** What a run that keeps its weights is told of them. */
export function messagesOf(changes: PlanChanges, runId: string, plan: Plan): RunMessage[] {
  const { target, structure, live } = changes;
  return [
    ...(target === undefined ? [] : [{ type: 'target', runId, iterations: target } as const]),
    ...(structure === 'replan' ? [{ type: 'replan', runId, plan } as const] : []),
    ...live.map((edit) => ({ type: 'live', runId, ...edit }) as const),
  ];
}
