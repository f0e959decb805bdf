import { splitEndpoint } from '@/lib/graph/schema';
import type { Tensor, TensorData } from '@/lib/nodes/define';
import { type SearchSettings, searchInput } from '@/lib/nodes/network/search-input';
import { offTape } from '@/lib/nodes/off-tape';
import { readCall } from '@/lib/nodes/role-params';
import { rowsOf, sizeOf } from '@/lib/shapes/shape';
import { assert, defined } from '@/lib/util/assert';
import { joinNumbers } from '@/lib/util/join';
import type { Plan, Ref } from '../plan';
import { drawNumbered } from './draws';
import { evaluateTasks } from './evaluate';
import type { Origin, Pass } from './pass';
import { CHUNK, type ReaderContext, readBack } from './read-game';
import { definitionOf, gameTasks, refKey, type Task } from './tasks';

/** Which samples of a game: networks are applied in eval mode, so that no sample depends on its neighbours. */
export interface SampleRequest {
  readonly of: Ref;
  /** One row each: sources draw it by the game's seed, their own id and this number. */
  readonly numbers: readonly number[];
  /** In the place of what arises at an output of the game (`node.port`), row by row. */
  readonly given?: Readonly<Record<string, Float32Array>>;
  /** Of networks that keep an average; absent: as their calls say. */
  readonly weights?: 'live' | 'ema';
  /** What else is read: an output of the game, or of a layer in a call of its network (`call/node.port`). */
  readonly also?: readonly string[];
}

export interface Sampled {
  readonly samples: TensorData;
  /** What sources gave, by `node.port`, and what else was asked for. */
  readonly read: Readonly<Record<string, TensorData>>;
}

/** The input of a generator that makes what is nearest to a target. One row for each number. */
export interface SearchRequest extends Omit<SampleRequest, 'also'>, SearchSettings {
  /** What is looked for: an output of a source. The search starts where it is given, else where it is drawn. */
  readonly at: string;
  readonly target: Float32Array;
  /** How much each number of the target counts; absent: all alike. */
  readonly mask?: Float32Array;
}

export interface SearchResult extends Sampled {
  /** Mean squared distance to the target where the mask is, per row. */
  readonly costs: readonly number[];
}

export interface SampleMaker {
  /** What a source gives by these numbers, by port. */
  drawRows(source: string, numbers: readonly number[]): { readonly [port: string]: Float32Array };
  makeSamples(request: SampleRequest): Promise<Sampled>;
  /** Evaluates it once, with `visit` called for every output as it arises, of the game and of layers in calls. */
  visitSamples(request: SampleRequest, visit: (key: string, tensor: Tensor) => void): void;
  searchSamples(request: SearchRequest): Promise<SearchResult>;
}

export const createSampleMaker = (context: ReaderContext): SampleMaker => ({
  drawRows: (source, numbers) => drawRows(context, source, numbers),
  makeSamples: (request) => makeSamples(context, request),
  visitSamples: (request, visit) => visitSamples(context, request, visit),
  searchSamples: (request) => searchSamples(context, request),
});

function drawRows(
  { plan, params }: ReaderContext,
  source: string,
  numbers: readonly number[],
): ReturnType<typeof drawNumbered> {
  const node = defined(
    plan.game.find(({ id }) => id === source),
    source,
  );
  const definition = definitionOf(node.kind);
  assert(definition.role === 'source', `${source} is a source`);
  return drawNumbered({ id: source, params: params(node) }, definition, plan.settings.seed, numbers);
}

/** `node.port` of the game, `call/node.port` of a layer. */
const originKey = (origin: Origin): string =>
  origin.call === undefined ? refKey(origin) : `${origin.call}/${refKey(origin)}`;

/** The game as it is sampled: every call in eval mode, with the weights that are asked for. */
function sampledPlan(plan: Plan, weights: SampleRequest['weights']): Plan {
  const averaged = new Set(plan.networks.filter(({ ema }) => ema !== undefined).map(({ id }) => id));
  return {
    ...plan,
    game: plan.game.map((node) => {
      if (definitionOf(node.kind).role !== 'call') return node;
      const own = readCall(node.params);
      const chosen = averaged.has(own.network) ? (weights ?? own.weights) : 'live';
      return { ...node, params: { ...node.params, mode: 'eval', weights: chosen } };
    }),
  };
}

interface Prepared {
  readonly tasks: readonly Task[];
  /** Per output of a source, of all rows. */
  readonly drawn: Readonly<Record<string, Float32Array>>;
}

function prepare(context: ReaderContext, { of, numbers, weights }: SampleRequest): Prepared {
  const { plan } = context;
  const node = plan.game.find(({ id }) => id === of.node);
  const made = node?.outputShapes[of.port];
  assert(made?.batch === 1, `${refKey(of)} is an output with a row for each example`);
  const tasks = gameTasks(sampledPlan(plan, weights), [of]);
  const drawn = tasks.flatMap((task) =>
    task.definition.role === 'source'
      ? Object.entries(drawRows(context, task.node.id, numbers)).map(
          ([port, values]) => [refKey({ node: task.node.id, port }), values] as const,
        )
      : [],
  );
  return { tasks, drawn: Object.fromEntries(drawn) };
}

/** The rows [from, to) of an array of so many. */
const rowsAt = (values: Float32Array, count: number, from: number, to: number): Float32Array => {
  const size = values.length / count;
  return values.subarray(from * size, to * size);
};

/** Rows [from, to) of the batch: sources give what was drawn, and what is given takes its place. */
function passOf(
  { tf, passOver }: ReaderContext,
  { numbers, given = {} }: SampleRequest,
  { drawn }: Prepared,
  [from, to]: readonly [number, number],
): { readonly pass: Pass; dispose(): void } {
  const { pass, dispose } = passOver('evaluation', 0, to - from);
  const at = (values: Float32Array) => rowsAt(values, numbers.length, from, to);
  return {
    dispose,
    pass: {
      ...pass,
      drawn: ({ id, outputShapes }) =>
        Object.fromEntries(
          Object.entries(outputShapes).flatMap(([port, { dims, batch }]) => {
            const values = drawn[refKey({ node: id, port })];
            if (!values) return [];
            return [[port, tf.tensor(at(values), [rowsOf(batch, to - from), ...dims], 'float32')]];
          }),
        ),
      hook(origin, tensor) {
        const values = given[originKey(origin)];
        return values ? tf.tensor(at(values), tensor.shape, 'float32') : tensor;
      },
    },
  };
}

/** The pass with `visit` called for every output as it arises. */
const visited = (pass: Pass, visit: (key: string, tensor: Tensor) => void): Pass => ({
  ...pass,
  hook(origin, tensor) {
    const arisen = pass.hook?.(origin, tensor) ?? tensor;
    visit(originKey(origin), arisen);
    return arisen;
  },
});

async function makeSamples(context: ReaderContext, request: SampleRequest): Promise<Sampled> {
  const { tf } = context;
  const { of, numbers, also = [] } = request;
  const prepared = prepare(context, request);
  const wanted = [refKey(of), ...Object.keys(prepared.drawn), ...also];
  const parts = new Map<string, { readonly dims: readonly number[]; readonly data: Float32Array }[]>();
  for (let from = 0; from < numbers.length; from += CHUNK) {
    const rows = [from, Math.min(numbers.length, from + CHUNK)] as const;
    const { pass, dispose } = passOf(context, request, prepared, rows);
    const found = new Map<string, Tensor>();
    try {
      tf.tidy(() => {
        const keep = (key: string, tensor: Tensor) => {
          if (wanted.includes(key)) found.set(key, tensor);
        };
        evaluateTasks(visited(pass, keep), prepared.tasks);
        for (const [key, tensor] of found) found.set(key, tf.keep(tensor.clone()));
      });
    } finally {
      dispose();
    }
    for (const [key, tensor] of found) parts.set(key, [...(parts.get(key) ?? []), await readBack(tensor)]);
  }
  const whole = (key: string): TensorData => {
    const found = defined(parts.get(key), key);
    const [, ...dims] = found[0]?.dims ?? [];
    const data = joinNumbers(found.map((part) => part.data));
    return { data, dims: [data.length / sizeOf(dims), ...dims], label: key };
  };
  const read = wanted.slice(1).filter((key) => parts.has(key));
  return { samples: whole(refKey(of)), read: Object.fromEntries(read.map((key) => [key, whole(key)])) };
}

function visitSamples(
  context: ReaderContext,
  request: SampleRequest,
  visit: (key: string, tensor: Tensor) => void,
): void {
  const prepared = prepare(context, request);
  const { pass, dispose } = passOf(context, request, prepared, [0, request.numbers.length]);
  try {
    context.tf.tidy(() => void evaluateTasks(visited(pass, visit), prepared.tasks));
  } finally {
    dispose();
  }
}

async function searchSamples(context: ReaderContext, request: SearchRequest): Promise<SearchResult> {
  const { tf, plan } = context;
  const { of, numbers, at, given, target, mask } = request;
  const prepared = prepare(context, request);
  const { tasks, drawn } = prepared;
  const { id, port } = splitEndpoint(at);
  const { dims } = defined(plan.game.find((node) => node.id === id)?.outputShapes[port], at);
  const rows = numbers.length;
  const { pass, dispose } = passOf(context, request, prepared, [0, rows]);
  const from = defined(given?.[at] ?? drawn[at], at);
  let z: Tensor | undefined;
  try {
    z = offTape(tf, () =>
      tf.tidy(() => {
        const start = tf.tensor(from, [rows, ...dims], 'float32');
        const made = (moved: Tensor) => {
          const hook: Pass['hook'] = (origin, tensor) =>
            originKey(origin) === at ? moved : (pass.hook?.(origin, tensor) ?? tensor);
          return defined(evaluateTasks({ ...pass, hook }, tasks).get(refKey(of)), refKey(of));
        };
        const shape = [rows, ...made(start).shape.slice(1)];
        const wanted = tf.tensor(target, shape, 'float32');
        const counts = mask ? tf.tensor(mask, shape, 'float32') : tf.onesLike(wanted);
        return searchInput(tf, { made, target: wanted, start, mask: counts }, request);
      }),
    );
  } finally {
    dispose();
  }
  const found = await readBack(z);
  const sampled = await makeSamples(context, { ...request, given: { ...given, [at]: found.data } });
  return { ...sampled, costs: costsOf(sampled.samples, request) };
}

/** Σ m (x - t)² / Σ m, row by row. */
function costsOf({ data, dims }: TensorData, { target, mask }: SearchRequest): number[] {
  const size = sizeOf(dims.slice(1));
  return Array.from({ length: dims[0] as number }, (_, row) => {
    let [sum, total] = [0, 0];
    for (let i = row * size; i < (row + 1) * size; i++) {
      const counts = mask?.[i] ?? 1;
      sum += counts * ((data[i] as number) - (target[i] as number)) ** 2;
      total += counts;
    }
    return total > 0 ? sum / total : 0;
  });
}
