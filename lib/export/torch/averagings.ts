import type { Plan, PlanAveraging } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { assert } from '@/lib/util/assert';
import { withoutRamps } from './expressions';
import { type Names, nameOf } from './names';

/** `back = SlowWeights([X, Y])` */
export const writeSlowWeights = (plan: Plan, names: Names): string =>
  plan.averagings
    .map(({ id, networks }) => {
      const held = networks.map((network) => nameOf(names.networks, network)).join(', ');
      return `${nameOf(names.averagings, id)} = SlowWeights([${held}])`;
    })
    .join('\n');

/** What moves whole networks after an iteration, one after the other. */
export const writeAfterIteration = (plan: Plan, names: Names): string => `def after_iteration(batch=None):
    """Between two iterations: networks are moved by their slow weights."""
${plan.averagings.flatMap((averaging) => movingLines(averaging, nameOf(names.averagings, averaging.id))).join('\n')}
    return {}`;

function movingLines(averaging: PlanAveraging, name: string): string[] {
  const definition = definitionOf(averaging.kind);
  assert(definition.role === 'averaging', `${averaging.kind} averages weights`);
  const { torch } = definition;
  const { params, restore, insist } = withoutRamps(averaging, (given) => [torch(given).next]);
  const { when, next } = torch(params);
  insist([next]);
  return [`    if ${when}:`, `        ${name}.follow(lambda theta, slow: ${restore(next)})`];
}
