import type { Plan, PlanNode, PlanView, Ref } from '@/lib/compile/plan';
import type { CompiledGame } from '@/lib/compile/tf/game';
import { definitionOf, refKey } from '@/lib/compile/tf/tasks';
import type { Picture } from '@/lib/draw/picture';
import type { MetricDefinition, Probe, Probed, ReadInputs, TensorData, Truth } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { extentOf } from '@/lib/nodes/views/extent';
import { assert, defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import { madeFor } from './makers';

export type MetricValues = { readonly [metric: string]: { readonly [name: string]: number } };
export type Pictures = { readonly [view: string]: Picture };

/** Looks at a run without touching it: pictures throttled by time, metrics held to a tenth of it. */
export interface Observer {
  /** Looks at the same game by other views and metrics. */
  watch(watched: Pick<Plan, 'views' | 'metrics'>): void;
  pictures(): Promise<Pictures>;
  /** Pictures, if it is time for some. */
  duePictures(): Promise<Pictures | undefined>;
  metrics(): Promise<MetricValues>;
  /** Metrics whose `every` has come; `every` is set where they had to be stretched. */
  dueMetrics(): Promise<{ values: MetricValues; every?: number } | undefined>;
}

/** Pictures take at most a fifth of the time, metrics at most a tenth. */
const PICTURE_SHARE = 0.2;
const METRIC_SHARE = 0.1;
const PICTURE_EVERY = 150;
const BOUNDS_ROWS = 512;

/** Milliseconds between pictures that take so long. */
const pauseAfter = (pictureCost: number): number => Math.max(PICTURE_EVERY, pictureCost / PICTURE_SHARE);

/** The part of a run's time that pictures take, which cost so many milliseconds each. */
export const shareOfPictures = (pictureCost: number): number =>
  pictureCost / (pictureCost + pauseAfter(pictureCost));

export function createObserver(game: CompiledGame, clock: () => number): Observer {
  let { views, metrics }: Pick<Plan, 'views' | 'metrics'> = game.plan;
  let picturesDone = Number.NEGATIVE_INFINITY;
  let pictureCost = 0;
  let metricsDone = clock();
  let metricCost = 0;
  let hasMeasured = false;
  let measuredAt = game.counters.iteration;

  async function measureNodes(nodes: readonly PlanNode[]): Promise<MetricValues> {
    const values: Record<string, { readonly [name: string]: number }> = {};
    for (const node of nodes) values[node.id] = await measureNode(game, node);
    return values;
  }

  const pictures = async (): Promise<Pictures> => {
    const before = clock();
    const drawn: Record<string, Picture> = {};
    for (const view of views) drawn[view.id] = await pictureOf(game, view);
    picturesDone = clock();
    pictureCost = picturesDone - before;
    return drawn;
  };

  return {
    watch(watched) {
      // What is measured otherwise is measured at once.
      if (JSON.stringify(watched.metrics) !== JSON.stringify(metrics)) hasMeasured = false;
      ({ views, metrics } = watched);
    },
    pictures,
    async duePictures() {
      const since = clock() - picturesDone;
      const isDue = views.length > 0 && since >= pauseAfter(pictureCost);
      return isDue ? pictures() : undefined;
    },
    metrics: () => measureNodes(metrics),
    async dueMetrics() {
      const { iteration } = game.counters;
      // The first look comes at once, so that nobody waits 500 iterations for a number.
      const due = hasMeasured ? metrics.filter((node) => iteration % everyOf(node) === 0) : metrics;
      hasMeasured = true;
      if (due.length === 0 || clock() - metricsDone < metricCost / METRIC_SHARE) return undefined;
      const before = clock();
      const values = await measureNodes(due);
      metricsDone = clock();
      metricCost = metricsDone - before;
      const asked = Math.min(...due.map(everyOf));
      const taken = iteration - measuredAt;
      measuredAt = iteration;
      return { values, ...(taken > asked && { every: taken }) };
    },
  };
}

const everyOf = (node: PlanNode): number => {
  const every = resolveParams(node.params, 0).every;
  return typeof every === 'number' ? Math.max(1, Math.round(every)) : 500;
};

/** Wired inputs, read back by port in wire order, with these names. */
async function readInputs(
  game: CompiledGame,
  node: PlanNode,
  rows: number,
  names: PlanView['names'] = {},
): Promise<ReadInputs> {
  const refs = Object.values(node.inputs).flat();
  const read = await game.read(refs, rows);
  const at = (ref: Ref): TensorData => {
    const key = refKey(ref);
    return { ...defined(read.get(key), key), label: names[key] ?? key };
  };
  return Object.fromEntries(Object.entries(node.inputs).map(([port, list]) => [port, list.map(at)]));
}

async function pictureOf(game: CompiledGame, view: PlanView): Promise<Picture> {
  const definition = definitionOf(view.kind);
  assert(definition.role === 'view', `${view.kind} is a view`);
  const shapes = Object.fromEntries(Object.entries(view.inputShapes).map(([port, list]) => [port, list[0]]));
  const rows = definition.rows(view.params, shapes);
  const inputs = await readInputs(game, view, rows, view.names);
  const slope = definition.slope && (await slopeOf(game, view, definition.slope, rows));
  const truth = truthOf(game, view.params.dataset);
  const asked = definition.made?.(view.params);
  const made = asked && (await madeFor(game, view, asked, rows));
  const truths = Object.fromEntries(
    Object.entries(view.inputs).map(([port, [ref]]) => [port, truthOf(game, ref?.node)]),
  );
  const seen = { params: view.params, inputs, truths, ...(made && { made }) };
  const probe = definition.probe?.(view.params);
  if (!probe || view.extents.length === 0)
    return definition.picture({ ...seen, ...(slope && { slope }), ...(truth && { truth }) });
  const fed = await game.read(view.extents, BOUNDS_ROWS);
  const bounds = extentOf([...fed.values()]);
  if (bounds.length > probe.mostAxes) return definition.picture({ ...seen, bounds });
  return definition.picture({ ...seen, probed: await game.probe(probe, bounds), bounds });
}

async function slopeOf(
  game: CompiledGame,
  view: PlanView,
  { of, at }: { readonly of: string; readonly at: string },
  rows: number,
): Promise<TensorData | undefined> {
  const [score, point] = [view.inputs[of]?.[0], view.inputs[at]?.[0]];
  return score && point && game.slope(score, point, rows);
}

async function measureNode(game: CompiledGame, node: PlanNode): Promise<{ readonly [name: string]: number }> {
  const definition = definitionOf(node.kind);
  assert(definition.role === 'metric', `${node.kind} is a metric`);
  const params = resolveParams(node.params, 0);
  const rows = typeof params.samples === 'number' ? params.samples : game.plan.settings.batchSize;
  const truth = truthOf(game, params.dataset);
  const probed = await probedOf(game, definition, params);
  const inputs = await readInputs(game, node, rows);
  const given = () => ({
    params,
    inputs,
    stream: createStream(game.plan.settings.seed, node.id, 'evaluation', 'metric'),
    ...(truth && { truth }),
  });
  const made = definition.reruns?.rows(given());
  const again = made && definition.reruns && (await runOn(game, definition.reruns.of(params), made));
  return definition.measure({ ...given(), ...(probed && { probed }), ...(again && { again }) });
}

const runOn = (
  game: CompiledGame,
  of: Omit<Probe, 'mostAxes' | 'points'>,
  rows: Float32Array,
): Promise<TensorData> => game.probe({ ...of, mostAxes: rows.length, points: () => rows }, []);

/** A network over the extent of the sources that a metric names; undefined where it names none, or too wide. */
async function probedOf(
  game: CompiledGame,
  { probes }: MetricDefinition,
  params: Readonly<Record<string, unknown>>,
): Promise<Probed | undefined> {
  if (!probes) return undefined;
  const truths = Object.fromEntries(probes.over.map((param) => [param, truthOf(game, params[param])]));
  const sources = probes.over.map((param) => ({ node: String(params[param]), port: 'x' }));
  const drawn = extentOf([...(await game.read(sources, BOUNDS_ROWS)).values()]);
  const probe = probes.probe(params);
  if (drawn.length > probe.mostAxes) return undefined;
  const bounds = probes.extent?.(truths) ?? drawn;
  return { output: await game.probe(probe, bounds), bounds, truths };
}

/** What the data set that a metric names knows of itself. */
function truthOf(game: CompiledGame, dataset: unknown): Truth | undefined {
  const node = game.plan.game.find(({ id }) => id === dataset);
  const definition = node && definitionOf(node.kind);
  return node && definition?.role === 'source'
    ? definition.truth?.(resolveParams(node.params, 0))
    : undefined;
}
