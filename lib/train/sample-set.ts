import { neededData } from '@/lib/compile/needed-data';
import type { Plan, PlanLayer, Ref } from '@/lib/compile/plan';
import type { Sampled, SampleRequest } from '@/lib/compile/tf/make-samples';
import { definitionOf, refKey } from '@/lib/compile/tf/tasks';
import type { TensorData } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { sameDims } from '@/lib/shapes/shape';
import { range } from '@/lib/util/range';
import { dataLike, isData } from './data-like';

/** Samples of a game, each by a number of its own, of every class alike where that is asked for. */
export interface SampleSet {
  /** Rows first. */
  readonly dims: readonly number[];
  /** Row-major, channels last. */
  readonly data: Float32Array;
  /** By which each was drawn. */
  readonly seeds: readonly number[];
  /** What each was asked to be. */
  readonly classes?: readonly string[];
}

interface SetRequest extends Pick<SampleRequest, 'of' | 'weights'> {
  readonly first: number;
  readonly count: number;
  /** The output that says which class: as many samples of each of its classes. */
  readonly perClass?: ClassInput;
}

/**
 * What a game makes, each once, with a row for each example: what its views show as fake; where they show none, what
 * networks make of noise alone that is like the data, then the outputs of pairs.
 */
export function generatedBy(plan: Pick<Plan, 'views' | 'game'>): readonly Ref[] {
  const shownAs = (port: string) => plan.views.flatMap(({ inputs }) => inputs[port] ?? []);
  const fakes = shownAs('fake');
  const made = new Map(
    (fakes.length > 0 ? fakes : [...madeOfNoise(plan), ...shownAs('out')]).map((ref) => [refKey(ref), ref]),
  );
  return [...made.values()].filter(
    ({ node, port }) => plan.game.find(({ id }) => id === node)?.outputShapes[port]?.batch === 1,
  );
}

/** Outputs of calls that have the shape of a data set’s examples, and that noise and no data lead to. */
function madeOfNoise(plan: Pick<Plan, 'game'>): readonly Ref[] {
  const { game } = plan;
  const leading = new Map<string, ReadonlySet<PlanLayer>>();
  const sourcesOf = (node: PlanLayer): ReadonlySet<PlanLayer> => {
    const known = leading.get(node.id);
    if (known) return known;
    const before = Object.values(node.inputs).flatMap((refs) =>
      refs.flatMap((ref) => game.filter(({ id }) => id === ref.node)),
    );
    const isSource = definitionOf(node.kind).role === 'source';
    const found = new Set(isSource ? [node] : before.flatMap((each) => [...sourcesOf(each)]));
    leading.set(node.id, found);
    return found;
  };
  return game
    .filter(({ kind }) => definitionOf(kind).role === 'call')
    .filter((node) => {
      const sources = [...sourcesOf(node)];
      return sources.length > 0 && !sources.some(isData);
    })
    .flatMap(({ id, outputShapes }) =>
      Object.keys(outputShapes)
        .filter((port) => dataLike(plan, outputShapes[port]?.dims ?? []))
        .map((port) => ({ node: id, port })),
    );
}

/** Said where that is nothing. */
export const nothingGenerated =
  'Nothing here makes samples. Wire what the generator makes into “fake” of a Samples view.';

/** An output of a source that is one-hot: which class a sample shall be of. */
export interface ClassInput {
  /** `node.port` */
  readonly key: string;
  readonly names: readonly string[];
}

/** Samples from which is seen what a generator is given. */
export const PROBED = range(64);

/** What is one-hot in every row that was drawn. */
export const classInputs = (plan: Plan, { read }: Pick<Sampled, 'read'>): readonly ClassInput[] =>
  Object.entries(read).flatMap(([key, tensor]) =>
    isOneHot(tensor) ? [{ key, names: classNames(plan, key, tensor.dims[1] as number) }] : [],
  );

/** The output of a source that noise comes from, the widest that is no class; undefined where there is none. */
export function noiseInput(plan: Plan, sampled: Pick<Sampled, 'read'>): string | undefined {
  const classes = new Set(classInputs(plan, sampled).map(({ key }) => key));
  const isNoise = (key: string) => {
    const source = plan.game.find(({ id }) => key.startsWith(`${id}.`));
    return source !== undefined && definitionOf(source.kind).traits?.noise === true;
  };
  const [widest] = Object.entries(sampled.read)
    .filter(([key]) => isNoise(key) && !classes.has(key))
    .sort(([, a], [, b]) => b.data.length - a.data.length);
  return widest?.[0];
}

function isOneHot({ data, dims }: TensorData): boolean {
  const [rows = 0, size = 0] = dims;
  if (dims.length !== 2 || size < 2) return false;
  return range(rows).every((row) => {
    const values = data.subarray(row * size, (row + 1) * size);
    return (
      values.every((value) => value === 0 || value === 1) &&
      values.filter((value) => value === 1).length === 1
    );
  });
}

/** The words of a data set, else numbers from 0. */
function classNames({ game }: Plan, key: string, size: number): readonly string[] {
  const words = truthOf(game.find(({ id }) => key.startsWith(`${id}.`)))?.words;
  return words?.length === size ? words : range(size).map(String);
}

function truthOf(node: PlanLayer | undefined) {
  const definition = node && definitionOf(node.kind);
  return definition?.role === 'source' ? definition.truth?.(resolveParams(node?.params ?? {}, 0)) : undefined;
}

export const oneHot = (classes: readonly number[], size: number): Float32Array => {
  const values = new Float32Array(classes.length * size);
  classes.forEach((each, row) => {
    values[row * size + each] = 1;
  });
  return values;
};

export async function drawSet(
  make: (request: SampleRequest) => Promise<Sampled>,
  { of, weights, first, count, perClass }: SetRequest,
): Promise<SampleSet> {
  const once = range(count).map((i) => first + i);
  const classes = perClass?.names.flatMap((_, k) => once.map(() => k));
  const seeds = classes && perClass ? perClass.names.flatMap(() => once) : once;
  const { samples } = await make({
    of,
    numbers: seeds,
    ...(weights && { weights }),
    ...(classes && perClass && { given: { [perClass.key]: oneHot(classes, perClass.names.length) } }),
  });
  const { dims, data } = samples;
  const named = classes?.map((each) => perClass?.names[each] as string);
  return { dims, data, seeds, ...(named && { classes: named }) };
}

/** What the game's data say of samples of this shape. */
export interface Known {
  /** Of the user's own file. */
  readonly units?: Units;
  /** Of strings. */
  readonly alphabet?: readonly string[];
}

export function knownOf(plan: Plan, samples: Pick<SampleSet, 'dims'>): Known {
  const units = unitsOf(plan, samples);
  const [, , letters] = samples.dims;
  const alphabets = plan.game.map((node) => truthOf(node)?.alphabet);
  const alphabet = samples.dims.length === 3 ? alphabets.find((each) => each?.length === letters) : undefined;
  return { ...(units && { units }), ...(alphabet && { alphabet }) };
}

/** How numbers of the game are those of the user's file: x · spread + offset, by place in a row. */
export interface Units {
  readonly columns: readonly string[];
  readonly offset: readonly number[];
  readonly spread: readonly number[];
}

/** Those of the file whose rows have the shape of the samples. */
export function unitsOf(plan: Plan, { dims }: Pick<SampleSet, 'dims'>): Units | undefined {
  const found = neededData(plan).find(({ options }) => sameDims(options.shape, dims.slice(1)));
  if (!found) return undefined;
  const { x, offset, spread } = found.options;
  return { columns: x, offset, spread: spread.map((each) => each / found.scale) };
}
