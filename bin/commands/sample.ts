import { writeFileSync } from 'node:fs';
import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import { neededData } from '@/lib/compile/needed-data';
import type { Plan, Ref } from '@/lib/compile/plan';
import { startBackend } from '@/lib/engine/backend';
import {
  contactSheet,
  imageOf,
  imagesZip,
  type Samples,
  samplesCsv,
  samplesNpz,
  type Units,
} from '@/lib/export/sample-files';
import { hasErrors } from '@/lib/graph/diagnostic';
import { sameDims } from '@/lib/shapes/shape';
import { createHeadlessLoop } from '@/lib/train/headless';
import { parseArguments, wholeNumber } from '../arguments';
import { readCheckpointOf } from '../checkpoint-files';
import { openData, provideData } from '../data-files';
import { loadGraph, printDiagnostics } from '../load';
import { UsageError } from '../usage';

const options = {
  out: { type: 'string', short: 'o' },
  checkpoint: { type: 'string' },
  count: { type: 'string', default: '64' },
  seed: { type: 'string' },
  of: { type: 'string' },
  data: { type: 'string', multiple: true, default: [] as string[] },
} as const;

const MOST = 100_000;

/**
 * What a trained game makes, as files: the ending of -o says which. Each seed gives other samples, the same ones every
 * time. Exit 2 where there is nothing to sample.
 */
export async function sample(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options);
  const { out = '', checkpoint: path } = values;
  const write = writers[out.slice(out.lastIndexOf('.'))];
  if (!write)
    throw new UsageError(`Where to? -o takes a name that ends in ${Object.keys(writers).join(', ')}.`);
  if (path === undefined) throw new UsageError('Which run? --checkpoint takes the folder of train --out.');
  const count = wholeNumber('count', values.count, 1, MOST);
  const graph = await loadGraph(positionals[0]);
  if (!graph) return 2;
  const checked = checkGraph(graph);
  if (hasErrors(checked.diagnostics)) {
    printDiagnostics(checked.diagnostics.filter(({ severity }) => severity === 'error'));
    return 2;
  }
  const plan = compilePlan(checked);
  const ref = sampledOf(plan, values.of);
  await provideData(plan, await Promise.all(values.data.map(openData)));
  const checkpoint = readCheckpointOf(plan, path, `--checkpoint ${path}`);
  const seed =
    values.seed === undefined ? plan.settings.seed : wholeNumber('seed', values.seed, 0, 2 ** 31 - 1);
  const engine = await startBackend('wasm');
  try {
    const loop = createHeadlessLoop(engine.tf, { ...plan, settings: { ...plan.settings, seed } });
    loop.restore(checkpoint);
    const found = (await loop.game.read([ref], count)).get(`${ref.node}.${ref.port}`) as Samples;
    loop.dispose();
    writeFileSync(out, write(found, unitsOf(plan, found)));
    process.stderr.write(
      `${count} samples of ${ref.node}.${ref.port}, ${found.dims.slice(1).join(' × ')}, seed ${seed}.\n`,
    );
  } finally {
    engine.dispose();
  }
  return 0;
}

type Write = (samples: Samples, units: Units | undefined) => Uint8Array | string;

const ofImages =
  (write: (samples: Samples, image: readonly [number, number, number]) => Uint8Array): Write =>
  (samples) => {
    const image = imageOf(samples);
    if (image) return write(samples, image);
    throw new UsageError(
      `Samples of ${samples.dims.slice(1).join(' × ')} are no images: -o takes .npz or .csv.`,
    );
  };

const writers: Readonly<Record<string, Write>> = {
  '.zip': ofImages(imagesZip),
  '.png': ofImages(contactSheet),
  '.npz': samplesNpz,
  '.csv': samplesCsv,
};

/** What is asked for, else what the first view shows as fake. */
function sampledOf(plan: Plan, of: string | undefined): Ref {
  if (of === undefined) {
    const [shown] = plan.views.flatMap(({ inputs }) => inputs.fake ?? []);
    if (shown) return shown;
    throw new UsageError('No view shows fakes: say what to sample by --of NODE.PORT.');
  }
  const [node = '', port = ''] = [of.slice(0, of.lastIndexOf('.')), of.slice(of.lastIndexOf('.') + 1)];
  if (plan.game.find(({ id }) => id === node)?.outputShapes[port]) return { node, port };
  const ports = plan.game.flatMap(({ id, outputShapes }) =>
    Object.keys(outputShapes).map((name) => `${id}.${name}`),
  );
  throw new UsageError(`--of ${of}: the game has no such output. It has ${ports.join(', ')}.`);
}

/** Those of the file whose rows have the shape of the samples. */
function unitsOf(plan: Plan, { dims }: Samples): Units | undefined {
  const found = neededData(plan).find(({ options }) => sameDims(options.shape, dims.slice(1)));
  if (!found) return undefined;
  const { x, offset, spread } = found.options;
  return { columns: x, offset, spread: spread.map((each) => each / found.scale) };
}
