import type { Plan } from '@/lib/compile/plan';
import { FIRST_ITERATIONS } from '@/lib/compile/tf/update';
import { type Names, nameOf } from './names';
import { bufferedOps, hasStatistics, isPrepared } from './networks';
import * as context from './runtime/context';

/** The networks in use, their averages and the game's own modules. */
export function instances(plan: Plan, names: Names, modules: readonly string[]): string {
  const buffered = bufferedOps(plan);
  const made = plan.networks.map((network) => {
    const module = `${nameOf(names.classes, network.id)}()`;
    const held = hasStatistics(network) ? `observed(${module})` : module;
    return `${nameOf(names.networks, network.id)} = ${held}.to(DEVICE)`;
  });
  const prepared = plan.networks.filter(isPrepared).map(({ id }) => nameOf(names.networks, id));
  const averages = plan.networks.filter(({ ema }) => ema !== undefined);
  const copies = averages.map(
    ({ id }) => `${nameOf(names.averages, id)} = average_of(${nameOf(names.networks, id)})`,
  );
  const table = (list: readonly { readonly id: string }[], of: ReadonlyMap<string, string>) =>
    `{${list.map(({ id }) => `"${nameOf(names.classes, id)}": ${nameOf(of, id)}`).join(', ')}}`;
  return [
    ...(averages.length > 0 ? [context.average, '', ''] : []),
    ...made,
    // As many as the editor makes before a run.
    ...(prepared.length > 0
      ? [`for _ in range(${FIRST_ITERATIONS}):`, `    prepare(${prepared.join(', ')})`]
      : []),
    ...copies,
    ...modules,
    `NETWORKS = ${table(plan.networks, names.networks)}`,
    `AVERAGES = ${table(averages, names.averages)}`,
    ...(buffered.length > 0
      ? [
          `BUFFERS = {${buffered.map(({ id }) => `"${nameOf(names.modules, id)}": ${nameOf(names.modules, id)}`).join(', ')}}`,
        ]
      : []),
  ].join('\n');
}
