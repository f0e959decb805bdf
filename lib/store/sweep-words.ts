import type { Checked } from '@/lib/check/checked';
import { placesOf, settingNames } from '@/lib/check/differences';
import { nameOf } from '@/lib/check/names';
import { readingsOf } from '@/lib/check/readings';
import { paramMeta } from '@/lib/graph/param';
import type { Json, Settings } from '@/lib/graph/schema';
import { SETTINGS } from '@/lib/train/sweep';
import { csv } from '@/lib/util/csv';
import { reasonOf } from '@/lib/util/reason-of';
import { quantity } from '@/lib/util/sentence';
import { createCurves } from './curves';
import type { ShownResult } from './sweeps';

interface NamedValue {
  readonly value: string;
  readonly label: string;
}

/** What a sweep can vary: settings, and nodes that have parameters, by their names. */
export function ownersOf(checked: Checked): readonly NamedValue[] {
  const places = placesOf(checked);
  const nodes = [...checked.nodes.values()].flatMap(({ node, definition }) =>
    definition && !watching.has(definition.role) && Object.keys(definition.params.shape).length > 0
      ? [{ value: node.id, label: places.get(node.id) ?? node.id }]
      : [],
  );
  return [{ value: SETTINGS, label: 'Settings' }, ...nodes];
}

/** Roles that change nothing of what is trained. */
const watching: ReadonlySet<string> = new Set(['note', 'view', 'metric']);

/** What of an owner it can vary. */
export function fieldsOf(checked: Checked, owner: string): readonly NamedValue[] {
  if (owner === SETTINGS) return Object.entries(settingNames).map(([value, label]) => ({ value, label }));
  const shape = checked.nodes.get(owner)?.definition?.params.shape ?? {};
  return Object.entries(shape).map(([value, field]) => ({ value, label: paramMeta(field).label }));
}

/** What a field is now. */
export function valueNow(checked: Checked, owner: string, field: string): unknown {
  return owner === SETTINGS
    ? checked.graph.settings[field as keyof Settings]
    : checked.nodes.get(owner)?.params[field];
}

/** `Adam for G: Learning rate`; of settings the name alone. */
export function axisName(checked: Checked, path: string): string {
  const [owner = '', field = ''] = path.split('.');
  const label = fieldsOf(checked, owner).find(({ value }) => value === field)?.label ?? field;
  const owned = ownersOf(checked).find(({ value }) => value === owner)?.label ?? owner;
  return owner === SETTINGS ? label : `${owned}: ${label}`;
}

type Parsed =
  | { readonly ok: true; readonly values: readonly Json[] }
  | { readonly ok: false; readonly problem: string };

/** More would be refused in any case. */
const LONGEST_RANGE = 10_000;

/**
 * Values as people write them: `0.001, 0.0001`, `true, false`, words, whole numbers from one to another as `1-5`; or
 * a list in JSON.
 */
export function parseValues(text: string): Parsed {
  if (text.trim().startsWith('[')) return parseList(text);
  const parts = text.split(',').map((part) => part.trim());
  const given = parts.filter((part) => part !== '');
  if (given.length === 0)
    return { ok: false, problem: 'Give at least one value, as in 0.001, 0.0001 or 1-5.' };
  const values: Json[] = [];
  for (const part of given) {
    const range = /^(\d+)\s*(?:-|–|\.\.)\s*(\d+)$/.exec(part);
    if (!range) {
      values.push(readValue(part));
      continue;
    }
    const [from, to] = [Number(range[1]), Number(range[2])];
    if (to < from || to - from >= LONGEST_RANGE)
      return {
        ok: false,
        problem: `${part} is no range: give the lower number first, and at most ${LONGEST_RANGE} numbers.`,
      };
    for (let value = from; value <= to; value++) values.push(value);
  }
  return { ok: true, values };
}

function parseList(text: string): Parsed {
  try {
    const values = JSON.parse(text) as Json[];
    return Array.isArray(values) && values.length > 0
      ? { ok: true, values }
      : { ok: false, problem: 'The list is empty.' };
  } catch (error) {
    return {
      ok: false,
      problem: `This is no list in JSON: ${reasonOf(error)}`,
    };
  }
}

function readValue(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

/** A number of a result, and where it stands in it. */
export interface Column {
  readonly id: string;
  readonly label: string;
  /** The first of its metric, or a loss. */
  readonly isMain: boolean;
  value(result: ShownResult): number | undefined;
}

/** What results can be sorted by: readings of metrics, the last losses of each player, seconds. */
export function columnsOf(checked: Checked): readonly Column[] {
  const nodes = [...checked.nodes.values()];
  return [
    ...nodes
      .flatMap((node) => readingsOf(node, checked).map((reading, i) => ({ ...reading, isMain: i === 0 })))
      .map(({ series, label, isMain }) => ({
        id: series,
        label,
        isMain,
        value: ({ metrics = {} }: ShownResult) => metrics[series],
      })),
    ...nodes.flatMap(({ node, definition }) =>
      definition?.role === 'optimizer'
        ? [
            {
              id: `loss ${node.id}`,
              label: `Loss of ${nameOf(checked, node.id)}`,
              isMain: true,
              value: ({ losses = {} }: ShownResult) => losses[node.id],
            },
          ]
        : [],
    ),
    { id: 'seconds', label: 'Seconds', isMain: false, value: ({ seconds }) => seconds },
  ];
}

/** Results by a number, those without it last. */
export function sortResults(
  results: readonly ShownResult[],
  { value }: Pick<Column, 'value'>,
  descends: boolean,
): readonly ShownResult[] {
  const rank = (result: ShownResult) => {
    const found = value(result);
    return found === undefined || Number.isNaN(found) ? undefined : found;
  };
  return results.toSorted((a, b) => {
    const [first, second] = [rank(a), rank(b)];
    if (first === undefined || second === undefined)
      return Number(first === undefined) - Number(second === undefined);
    return descends ? second - first : first - second;
  });
}

/** Bytes that a result takes, roughly: curves of 512 points and a picture. */
const BYTES_EACH = 200_000;
/** Of a parameter: itself and the two moments of Adam. */
const STATE_BYTES = 12;
/** Weights of a sweep's results beyond these are not kept. */
export const MOST_STATE_BYTES = 256e6;

/** Why results of a game with so many parameters would not fit into what the browser has left. */
export function roomProblem(runs: number, parameters: number, free: number): string | undefined {
  const bytes = runs * BYTES_EACH + Math.min(MOST_STATE_BYTES, runs * STATE_BYTES * parameters);
  return bytes > free
    ? `The results of ${quantity(runs, 'run')} take about ${Math.ceil(bytes / 1e6)} MB, and this browser has ${Math.max(0, Math.floor(free / 1e6))} MB left for this page. Fewer values, or delete runs and data.`
    : undefined;
}

/** All histories: a row for each run and iteration, with the values of the run before its losses and metrics. */
export function historiesToCsv(checked: Checked, results: readonly ShownResult[]): string {
  const paths = [...new Set(results.flatMap(({ values }) => Object.keys(values)))];
  const series = [
    ...new Set(
      results.flatMap(({ curves }) => [
        ...(curves?.losses.series ?? []).map(([name]) => `loss ${name}`),
        ...(curves?.metrics.series ?? []).map(([name]) => name),
      ]),
    ),
  ];
  const labels = new Map(columnsOf(checked).map(({ id, label }) => [id, label]));
  const rows = results.flatMap((result, i) => {
    const [losses, metrics] = [createCurves(512), createCurves(512)];
    if (result.curves) {
      losses.restore(result.curves.losses);
      metrics.restore(result.curves.metrics);
    }
    const found = series.map((name) =>
      name.startsWith('loss ') ? losses.curve(name.slice(5)) : metrics.curve(name),
    );
    const byIteration = new Map<number, (number | undefined)[]>();
    found.forEach(({ iterations, values }, column) => {
      iterations.forEach((iteration, at) => {
        const row = byIteration.get(iteration) ?? [];
        row[column] = values[at];
        byIteration.set(iteration, row);
      });
    });
    const given = paths.map((path) => sayValue(result.values[path]));
    return [...byIteration]
      .sort(([a], [b]) => a - b)
      .map(([iteration, row]) => [
        i + 1,
        ...given,
        iteration,
        ...series.map((_, column) => row[column] ?? Number.NaN),
      ]);
  });
  return csv(
    [
      'run',
      ...paths.map((path) => axisName(checked, path)),
      'iteration',
      ...series.map((name) => labels.get(name) ?? name),
    ],
    rows,
  );
}

/** A value in a cell, a caption or a file. */
export const sayValue = (value: unknown): string | number =>
  typeof value === 'number' ? value : typeof value === 'string' ? value : JSON.stringify(value ?? null);
