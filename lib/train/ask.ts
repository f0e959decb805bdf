import type { Plan, Ref } from '@/lib/compile/plan';
import type { CompiledGame } from '@/lib/compile/tf/game';
import type { Sampled, SampleRequest, SearchRequest, SearchResult } from '@/lib/compile/tf/make-samples';
import { networkTasks, refKey, tasksBetween } from '@/lib/compile/tf/tasks';
import { principalDirections, stepAlong } from '@/lib/metrics/principal-directions';
import { readCall } from '@/lib/nodes/role-params';
import { sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import { range } from '@/lib/util/range';
import { encodeCheckpoint, fingerprint } from './checkpoint';
import type { LookedBack, Opened } from './look-back';
import { type NearestExamples, type NearestRequest, nearestExamples } from './nearest-examples';
import type { MetricValues } from './observe';
import { type Origin, openSnapshot } from './run-store';
import type { TrainingLoop } from './training-loop';

/** What may be asked of a game as it stands, or as it was at a snapshot: no state is touched, and training goes on as if nobody had asked. */
export type Ask =
  | ({ readonly type: 'samples' } & SampleRequest)
  | ({ readonly type: 'search' } & SearchRequest)
  | ({ readonly type: 'directions' } & DirectionsRequest)
  | ({ readonly type: 'nearest' } & NearestRequest)
  | ({ readonly type: 'past' } & PastRequest)
  | { readonly type: 'metrics' }
  | { readonly type: 'state' };

/** Along what an output varies most, as steps of what a source gives. */
interface DirectionsRequest extends Pick<SampleRequest, 'of' | 'weights'> {
  /** An output of a source, `node.port`. */
  readonly at: string;
  readonly count: number;
}

/** What is opened, as it was at a snapshot. */
interface PastRequest extends Opened {
  readonly snapshot: Origin;
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
  readonly past: LookedBack;
  readonly metrics: Measured;
  /** A checkpoint, encoded. */
  readonly state: Uint8Array;
}

export type AnswerTo<T extends Ask> = Answers[T['type']];

/** By the worker: what was asked for, or why there is none. */
export type Answered =
  | { readonly ok: true; readonly answer: Answers[Ask['type']] }
  | { readonly ok: false; readonly problem: string };

export async function answer(
  loop: Pick<TrainingLoop, 'game' | 'measure' | 'checkpoint' | 'lookBack'>,
  ask: Ask,
): Promise<Answers[Ask['type']]> {
  const { game, measure, checkpoint } = loop;
  switch (ask.type) {
    case 'samples':
      return game.makeSamples(ask);
    case 'search':
      return game.searchSamples(ask);
    case 'directions':
      return directions(game, ask);
    case 'nearest':
      return nearestExamples(game, ask);
    case 'past':
      return past(loop, ask);
    case 'metrics': {
      const { iteration } = game.counters;
      return { iteration, values: await measure() };
    }
    case 'state':
      return encodeCheckpoint(await checkpoint());
  }
}

async function past(
  { game, lookBack }: Pick<TrainingLoop, 'game' | 'lookBack'>,
  { snapshot, targets, figure }: PastRequest,
): Promise<LookedBack> {
  const opened = await openSnapshot(snapshot);
  if (!opened.ok) throw new Error(opened.reason);
  if (opened.checkpoint.fingerprint !== fingerprint(game.plan))
    throw new Error('The graph has been edited since, so that it cannot be computed anew.');
  return lookBack(opened.checkpoint, { targets, ...(figure && { figure }) });
}

/** Samples from which directions are found. */
const DRAWN = 256;

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
