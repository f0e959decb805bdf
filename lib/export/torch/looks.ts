import type { Plan, PlanNetwork } from '@/lib/compile/plan';
import { definitionOf, refKey } from '@/lib/compile/tf/tasks';
import { writeEvaluation } from './evaluation';
import { type Names, nameOf } from './names';

/** Evaluations that leave no trace: of the reference batch, and of what the views show. */

/** What the reference batch feeds a network, in the order of its arguments. */
export function writeReference(plan: Plan, network: PlanNetwork, names: Names): string {
  const refs = network.inputs.flatMap(({ name }) => network.reference?.[name] ?? []);
  const { lines, values } = writeEvaluation(plan, names, refs, { notes: false });
  const fed = refs.length > 0 ? refs.map((ref) => values.get(refKey(ref))) : ['batch.rows'];
  const body = [
    'batch = REFERENCE',
    ...lines,
    `return (${fed.map((expression) => `${expression},`).join(' ')})`,
  ];
  return `def ${nameOf(names.references, network.id)}():
    """What ${nameOf(names.networks, network.id)} is fed from the run's reference batch."""
${body.map((line) => `    ${line}`).join('\n')}`;
}

/** What the views show: every tensor that they read, by view and port. */
export function writeSamples(plan: Plan, names: Names): string {
  const kinds = new Map(plan.game.map((node) => [node.id, definitionOf(node.kind).role]));
  const shown = plan.views.flatMap((view) =>
    Object.entries(view.inputs).flatMap(([port, refs]) =>
      refs
        .map((ref, i) => ({ ref, name: `${view.id}.${port}${refs.length > 1 ? `.${i + 1}` : ''}` }))
        .filter(({ ref }) => kinds.get(ref.node) !== 'loss'),
    ),
  );
  const { lines, values } = writeEvaluation(
    plan,
    names,
    shown.map(({ ref }) => ref),
    { notes: false },
  );
  const result = shown.map(({ ref, name }) => `"${name}": ${values.get(refKey(ref))}`);
  return `def samples(batch):
    """What the views show, by view and port."""
${[...lines, `return {${result.join(', ')}}`].map((line) => `    ${line}`).join('\n')}`;
}
