import { checkGraph } from '@/lib/check/check';
import { listNames } from '@/lib/check/draft';
import { setParams } from '@/lib/edit/set';
import { hasErrors } from '@/lib/graph/diagnostic';
import { type Graph, graphSchema, type Json, type Settings } from '@/lib/graph/schema';
import { findDefinition } from '@/lib/nodes/registry';
import { formatCount } from '@/lib/util/format-count';
import { hashText } from '@/lib/util/hash';
import { createStream, permutation } from '@/lib/util/random';
import { quantity } from '@/lib/util/sentence';

/** What a sweep varies: a parameter `node.parameter` or a setting `settings.name`, and its values. */
export interface Axis {
  readonly path: string;
  readonly values: readonly Json[];
}

/** One run of a sweep. */
export interface SweepRun {
  /** Says which values: the same in every sweep of this graph. */
  readonly id: string;
  readonly values: Readonly<Record<string, Json>>;
  readonly graph: Graph;
}

/** How one run of a sweep ended. */
export interface SweepResult {
  readonly id: string;
  readonly status: 'done' | 'failed';
  readonly values: Readonly<Record<string, Json>>;
  readonly iteration?: number;
  readonly seconds?: number;
  /** Of a failed one. */
  readonly message?: string;
  /** The mean of the last ones of each player. */
  readonly losses?: Readonly<Record<string, number>>;
}

type PlannedSweep =
  | { readonly ok: true; readonly runs: readonly SweepRun[] }
  /** A sentence each, with its numbers. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** More are refused before any begins. */
const MOST_RUNS = 1_000;

/** Every combination of the values once, in order: the last axis moves fastest. */
export function planSweep(graph: Graph, axes: readonly Axis[]): PlannedSweep {
  const unknown = axes.flatMap(({ path }) => problemOf(graph, path));
  if (unknown.length > 0) return { ok: false, problems: unknown };
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_RUNS)
    return {
      ok: false,
      problems: [
        `${axes.map(({ values }) => values.length).join(' × ')} values are ${formatCount(count)} runs; a sweep has at most ${formatCount(MOST_RUNS)}.`,
      ],
    };
  const runs = new Map<string, SweepRun>();
  for (const values of combinations(axes)) {
    const varied = withValues(graph, values);
    const id = hashText(JSON.stringify([varied.settings, varied.nodes]));
    if (!runs.has(id)) runs.set(id, { id, values, graph: varied });
  }
  const problems = [...runs.values()].flatMap(problemsOf);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, runs: [...runs.values()] };
}

/** Longer sweeps are refused. */
export const MOST_HOURS = 24;

/** How long runs take one after another, by the milliseconds of an iteration. */
export function expectSweep(
  runs: readonly SweepRun[],
  msPerIteration: number,
  most = MOST_HOURS,
): { readonly said: string; readonly tooLong?: string } {
  const iterations = runs.reduce((sum, { graph }) => sum + graph.settings.iterations, 0);
  const hours = (iterations * msPerIteration) / 3.6e6;
  const time = hours < 1 ? `${Math.ceil(60 * hours)} min` : `${formatCount(Number(hours.toPrecision(2)))} h`;
  const said = `${quantity(runs.length, 'run')} of ${formatCount(iterations)} iterations in all would take about ${time} here`;
  return hours > most
    ? {
        said: `${said}.`,
        tooLong: `${said}, more than ${formatCount(most)} h. Fewer values or fewer iterations.`,
      }
    : { said: `${said}.` };
}

/** The same order each time. */
export const shuffled = <T>(items: readonly T[], seed: number): readonly T[] =>
  Array.from(permutation(items.length, createStream(seed, 'sweep', 'order', '')), (i) => items[i] as T);

/** The owner of seed, batch size and the like in the place of a node. */
export const SETTINGS = 'settings';

function problemOf(graph: Graph, path: string): string[] {
  const [owner = '', name = '', ...rest] = path.split('.');
  const known = (names: readonly string[]) =>
    names.includes(name) && rest.length === 0
      ? []
      : [`There is no ${path}. ${owner} has: ${listNames(names, 20)}.`];
  if (owner === SETTINGS) return known(Object.keys(graph.settings));
  const node = graph.nodes.find(({ id }) => id === owner);
  const definition = node && findDefinition(node.kind);
  return definition
    ? known(Object.keys(definition.params.shape))
    : [
        `There is no node ${owner}. The graph has: ${listNames(
          graph.nodes.map(({ id }) => id),
          30,
        )}.`,
      ];
}

const combinations = (axes: readonly Axis[]): readonly Readonly<Record<string, Json>>[] =>
  axes.reduce<readonly Readonly<Record<string, Json>>[]>(
    (all, { path, values }) => all.flatMap((one) => values.map((value) => ({ ...one, [path]: value }))),
    [{}],
  );

/** The graph with these in the place of its own: parameters and settings, by the paths of a sweep. */
export function withValues(graph: Graph, values: Readonly<Record<string, Json>>): Graph {
  let varied = graph;
  for (const [path, value] of Object.entries(values)) {
    const [owner = '', name = ''] = path.split('.');
    varied =
      owner === SETTINGS
        ? { ...varied, settings: { ...varied.settings, [name as keyof Settings]: value } }
        : setParams(varied, owner, { [name]: value });
  }
  return varied;
}

/** Why a run cannot begin: a value out of range, or a graph that does not fit together with it. */
function problemsOf({ values, graph }: SweepRun): readonly string[] {
  const at = Object.entries(values).map(([path, value]) => `${path} = ${JSON.stringify(value)}`);
  const say = (message: string) => `${at.join(', ')}: ${message}`;
  const parsed = graphSchema.safeParse(graph);
  if (!parsed.success) return [say(parsed.error.issues.map(({ message }) => message).join('; '))];
  const { diagnostics } = checkGraph(graph);
  return hasErrors(diagnostics)
    ? diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => say(message))
    : [];
}
