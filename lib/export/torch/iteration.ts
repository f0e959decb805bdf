import type { Plan } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { readOptimizer } from '@/lib/nodes/role-params';
import { py } from '@/lib/nodes/torch';
import { scheduledExpression } from './expressions';
import { AFTER_ITERATION, type Names, nameOf } from './names';

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
          return [
            'step = 0',
            `while step < ${scheduledExpression(`${player.id}.steps`, steps)}:`,
            `    ${call}`,
            '    step += 1',
          ];
        })
      : [`yield update_together(${fresh})`];
  const shared = isShared ? [`batch = ${fresh}`] : [];
  const after = plan.averagings.length > 0 ? ['after_iteration()'] : [];
  return `def iterate():
    """One iteration, update by update."""
${[...shared, ...body, ...after].map((line) => `    ${line}`).join('\n')}`;
}

/** Tables by which the loop and the replay find everything. */
export function writeTables(plan: Plan, names: Names): string {
  const entries = (items: readonly (readonly [string, string])[]) =>
    `{${items.map(([key, value]) => `${py(key)}: ${value}`).join(', ')}}`;
  const updates: readonly (readonly [string, string])[] =
    plan.settings.update === 'alternating'
      ? plan.players.map(({ id }) => [id, `update_${nameOf(names.players, id)}`])
      : [['together', 'update_together']];
  const hasSlow = plan.averagings.length > 0;
  const after = hasSlow ? [[AFTER_ITERATION, 'after_iteration'] as const] : [];
  const held = plan.averagings.map(({ id }) => [id, nameOf(names.averagings, id)] as const);
  const slow = hasSlow ? `\nSLOW = ${entries(held)}` : '';
  const slots = plan.players.map(({ id, kind }) => {
    const definition = definitionOf(kind);
    const own = definition.role === 'optimizer' ? Object.values(definition.torchSlots) : [];
    return [id, `[${own.map((slot) => py(slot)).join(', ')}]`] as const;
  });
  return `PLAYERS = ${entries(plan.players.map(({ id }) => [id, nameOf(names.players, id)]))}
UPDATES = ${entries([...updates, ...after])}
SLOTS = ${entries(slots)}  # what each optimizer keeps${slow}`;
}
