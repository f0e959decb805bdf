import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { startBackend } from '@/lib/engine/backend';
import type { Graph } from '@/lib/graph/schema';
import { parseArguments, wholeNumber } from '../arguments';
import { backendOf } from '../backends';
import { openData, placeData, provideData } from '../data-files';
import { checkLoaded, loadGraph } from '../load';
import { runTraining } from '../run-training';
import { parseUntil } from '../until';
import { UsageError } from '../usage';

const options = {
  iterations: { type: 'string' },
  seed: { type: 'string' },
  backend: { type: 'string', default: 'wasm' },
  out: { type: 'string' },
  resume: { type: 'string' },
  until: { type: 'string' },
  tensorboard: { type: 'string' },
  data: { type: 'string', multiple: true, default: [] as string[] },
  dataset: { type: 'string' },
} as const;

/** Trains a graph. Exit 0 done, 2 bad graph, 3 failed with the last good checkpoint, 130 interrupted. */
export async function train(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options);
  const loaded = await loadGraph(positionals[0]);
  if (!loaded) return 2;
  const { data, dataset } = values;
  const [file, ...others] = data;
  if (dataset !== undefined && (file === undefined || others.length > 0))
    throw new UsageError('--dataset NODE takes one file: --data FILE.');
  const own = dataset === undefined || file === undefined ? undefined : await openData(file);
  const placed = own && dataset !== undefined ? await placeData(loaded, dataset, own) : loaded;
  const graph: Graph = {
    ...placed,
    settings: {
      ...placed.settings,
      ...(values.iterations && { iterations: wholeNumber('iterations', values.iterations, 1) }),
      ...(values.seed && { seed: wholeNumber('seed', values.seed, 0) }),
    },
  };
  const checked = checkLoaded(graph);
  if (!checked) return 2;
  const plan: Plan = compilePlan(checked);
  await provideData(plan, own ? [own] : await Promise.all(data.map(openData)));
  const engine = await startBackend(backendOf(values.backend));
  try {
    return await runTraining(engine, plan, {
      graph,
      out: values.out,
      resume: values.resume,
      tensorboard: values.tensorboard,
      until: values.until === undefined ? undefined : parseUntil(values.until, plan),
    });
  } finally {
    engine.dispose();
  }
}
