import type { Plan } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { readOptimizer } from '@/lib/nodes/role-params';
import { py } from '@/lib/nodes/torch';
import { scheduledExpression } from './expressions';
import { type Names, nameOf } from './names';

/** One iteration: updates in order, each on its batch. */
export function writeIteration(plan: Plan, names: Names): string {
  const { update, batches } = plan.settings;
  const fresh = 'Batch(clock.draw())';
  const isShared = batches === 'per-iteration' && update === 'alternating';
  const batch = isShared ? 'batch' : fresh;
  const body =
    update === 'alternating'
      ? plan.players.flatMap((player) => {
          const call = `yield update_${nameOf(names.players, player.id)}(${batch})`;
          const { steps } = readOptimizer(player.params);
          if (steps === 1) return [call];
          if (typeof steps === 'number') return [`for _ in range(${steps}):`, `    ${call}`];
          // A ramp is read before each update; k of them are made as long as k is below it.
          return ['step = 0', `while step < ${scheduledExpression(steps)}:`, `    ${call}`, '    step += 1'];
        })
      : [`yield update_together(${fresh})`];
  const shared = isShared ? [`batch = ${fresh}`] : [];
  return `def iterate():
    """One iteration, update by update."""
${[...shared, ...body].map((line) => `    ${line}`).join('\n')}`;
}

/** Tables by which the loop and the replay find everything. */
export function writeTables(plan: Plan, names: Names): string {
  const entries = (items: readonly (readonly [string, string])[]) =>
    `{${items.map(([key, value]) => `${py(key)}: ${value}`).join(', ')}}`;
  const updates: readonly (readonly [string, string])[] =
    plan.settings.update === 'alternating'
      ? plan.players.map(({ id }) => [id, `update_${nameOf(names.players, id)}`])
      : [['together', 'update_together']];
  const slots = plan.players.map(({ id, kind }) => {
    const definition = definitionOf(kind);
    const own = definition.role === 'optimizer' ? Object.values(definition.torchSlots) : [];
    return [id, `[${own.map((slot) => py(slot)).join(', ')}]`] as const;
  });
  return `PLAYERS = ${entries(plan.players.map(({ id }) => [id, nameOf(names.players, id)]))}
UPDATES = ${entries(updates)}
SLOTS = ${entries(slots)}  # what each optimizer keeps`;
}
