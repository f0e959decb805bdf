import type { Plan, Ref } from '@/lib/compile/plan';
import type { CompiledGame } from '@/lib/compile/tf/game';
import type { Sampled, SampleRequest, SearchRequest, SearchResult } from '@/lib/compile/tf/make-samples';
import { definitionOf, networkTasks, refKey, tasksBetween } from '@/lib/compile/tf/tasks';
import { nearestRows } from '@/lib/metrics/nearest';
import { principalDirections, stepAlong } from '@/lib/metrics/principal-directions';
import { readCall } from '@/lib/nodes/role-params';
import { sameDims, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import { range } from '@/lib/util/range';
import type { MetricValues } from './observe';
import type { TrainingLoop } from './training-loop';

/** What may be asked of a game as it stands: no state is touched, and training goes on as if nobody had asked. */
export type Ask =
  | ({ readonly type: 'samples' } & SampleRequest)
  | ({ readonly type: 'search' } & SearchRequest)
  | ({ readonly type: 'directions' } & DirectionsRequest)
  | ({ readonly type: 'nearest' } & NearestRequest)
  | { readonly type: 'metrics' };

/** Along what an output varies most, as steps of what a source gives. */
interface DirectionsRequest extends Pick<SampleRequest, 'of' | 'weights'> {
  /** An output of a source, `node.port`. */
  readonly at: string;
  readonly count: number;
}

/** The example of a data set that is nearest to each sample, number by number. */
interface NearestRequest {
  /** Row-major. */
  readonly samples: Float32Array;
  /** Of one sample. */
  readonly dims: readonly number[];
}

interface NearestExamples {
  /** One for each sample, row-major. */
  readonly examples: Float32Array;
  /** Root mean squared difference of a number. */
  readonly distances: readonly number[];
  /** How many examples were drawn and compared: all of a smaller set are among them. */
  readonly compared: number;
}

/** Every metric, on all its samples. */
interface Measured {
  readonly iteration: number;
  readonly values: MetricValues;
}

interface Answers {
  readonly samples: Sampled;
  readonly search: SearchResult;
  /** One step for each direction, of one deviation. */
  readonly directions: readonly Float32Array[];
  /** Undefined where no data set has examples of this shape. */
  readonly nearest: NearestExamples | undefined;
  readonly metrics: Measured;
}

export type AnswerTo<T extends Ask> = Answers[T['type']];

/** By the worker: what was asked for, or why there is none. */
export type Answered =
  | { readonly ok: true; readonly answer: Answers[Ask['type']] }
  | { readonly ok: false; readonly problem: string };

export async function answer(
  { game, measure }: Pick<TrainingLoop, 'game' | 'measure'>,
  ask: Ask,
): Promise<Answers[Ask['type']]> {
  switch (ask.type) {
    case 'samples':
      return game.makeSamples(ask);
    case 'search':
      return game.searchSamples(ask);
    case 'directions':
      return directions(game, ask);
    case 'nearest':
      return nearest(game, ask);
    case 'metrics': {
      const { iteration } = game.counters;
      return { iteration, values: await measure() };
    }
  }
}

/** Samples from which directions are found; examples that are compared, and numbers in all of them at most. */
const DRAWN = 256;
const COMPARED = 10_000;
const MOST_NUMBERS = 2 ** 24;

async function directions(game: CompiledGame, request: DirectionsRequest): Promise<readonly Float32Array[]> {
  const { of, at, weights, count } = request;
  const feature = featureOf(game.plan, at, of) ?? refKey(of);
  const { samples, read } = await game.makeSamples({
    of,
    numbers: range(DRAWN),
    also: [feature],
    ...(weights && { weights }),
  });
  const seen = read[feature] ?? samples;
  const drawn = defined(read[at], at);
  const stream = createStream(game.plan.settings.seed, at, 'directions');
  return principalDirections(seen.data, sizeOf(seen.dims.slice(1)), count, stream).map((direction) =>
    stepAlong(direction, drawn.data, sizeOf(drawn.dims.slice(1))),
  );
}

/**
 * What is looked at for directions, as GANSpace does: the output of a mapping, which is a network between the noise
 * and the one that makes the samples, else of the first layer with weights that the noise reaches.
 */
function featureOf(plan: Plan, at: string, of: Ref): string | undefined {
  const source = plan.game.find(({ id }) => at.startsWith(`${id}.`));
  const from = source && { node: source.id, port: at.slice(source.id.length + 1) };
  const between = from ? tasksBetween(plan, from, of) : [];
  const call = between.find(({ definition }) => definition.role === 'call');
  if (!call) return undefined;
  const [port = ''] = call.ports;
  if (call.node.id !== of.node) return refKey({ node: call.node.id, port });
  const network = plan.networks.find(({ id }) => id === readCall(call.node.params).network);
  const reached = new Set([
    at,
    ...between.flatMap(({ node, ports }) => ports.map((each) => `${node.id}.${each}`)),
  ]);
  const inside = new Set(
    network?.inputs
      .filter(({ name }) => call.node.inputs[name]?.some((ref) => reached.has(refKey(ref))))
      .map(({ node }) => node),
  );
  for (const layer of network ? networkTasks(network, port) : []) {
    const isReached = Object.values(layer.inputs).some((refs) => refs.some(({ node }) => inside.has(node)));
    if (!isReached) continue;
    inside.add(layer.id);
    const [output] = Object.keys(layer.outputShapes);
    if (layer.weights.length > 0 && output) return `${call.node.id}/${layer.id}.${output}`;
  }
  return undefined;
}

async function nearest(game: CompiledGame, request: NearestRequest): Promise<NearestExamples | undefined> {
  const { samples, dims } = request;
  const size = sizeOf(dims);
  const found = game.plan.game.find(({ kind, outputShapes }) => {
    const definition = definitionOf(kind);
    const isData = definition.role === 'source' && !definition.traits?.noise;
    return isData && outputShapes.x && sameDims(outputShapes.x.dims, dims);
  });
  if (!found) return undefined;
  const drawn = examplesOf(game, found.id, Math.min(COMPARED, Math.ceil(MOST_NUMBERS / size)));
  const { index, distance } = nearestRows(samples, drawn, size);
  const examples = new Float32Array(samples.length);
  index.forEach((row, i) => {
    if (row >= 0) examples.set(drawn.subarray(row * size, (row + 1) * size), i * size);
  });
  const distances = Array.from(distance, (each) => each / Math.sqrt(size));
  return { examples, distances, compared: drawn.length / size };
}

/** Drawn once a game, by source: sliders ask again and again. */
const drawnByGame = new WeakMap<CompiledGame, Map<string, Float32Array>>();

function examplesOf(game: CompiledGame, source: string, count: number): Float32Array {
  const drawn = drawnByGame.get(game) ?? new Map<string, Float32Array>();
  drawnByGame.set(game, drawn);
  const examples = drawn.get(source) ?? defined(game.drawRows(source, range(count)).x, 'x');
  drawn.set(source, examples);
  return examples;
}
