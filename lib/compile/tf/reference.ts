import type { Tensors, Tf } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { defined } from '@/lib/util/assert';
import type { Plan, PlanNetwork } from '../plan';
import { createBatch } from './draws';
import { evaluateTasks } from './evaluate';
import { type Pass, unseen } from './pass';
import { gameTasks, refKey, type Task } from './tasks';

/** One draw of the sources, the same for the whole run, and what it feeds the networks that ask for it. */
interface Reference {
  readonly inputs: Pass['reference'];
  dispose(): void;
}

export function createReference(tf: Tf, plan: Plan): Reference {
  const { seed, batchSize } = plan.settings;
  const batch = createBatch(tf, { seed, purpose: 'reference', index: 0, rows: batchSize });
  const tasksOf = new Map<PlanNetwork, readonly Task[]>();
  return {
    inputs(pass, network): Tensors {
      const fed = Object.entries(network.reference ?? {});
      const refs = fed.map(([, ref]) => ref);
      const tasks = tasksOf.get(network) ?? gameTasks(plan, refs);
      tasksOf.set(network, tasks);
      const drawn: Pass['drawn'] = (node, definition) =>
        batch.drawn(node, definition, resolveParams(node.params, 0));
      const values = evaluateTasks({ ...unseen(pass), drawn, rows: batchSize }, tasks);
      return Object.fromEntries(
        fed.map(([input, ref]) => [input, defined(values.get(refKey(ref)), refKey(ref))]),
      );
    },
    dispose: batch.dispose,
  };
}
