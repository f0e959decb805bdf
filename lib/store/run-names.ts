import type { Checked } from '@/lib/check/checked';
import { findDifferences, settingNames } from '@/lib/check/differences';
import { formatCount } from '@/lib/util/format-count';

/** One way in which a run's graph is not another's, as a line: `Adam for D: Learning rate: 0.001 → 0.0001`. */
export const sayDifferences = (before: Checked, after: Checked): readonly string[] =>
  findDifferences(before, after).map(({ what, values }) =>
    values ? `${what}: ${values[0]} → ${values[1]}` : what,
  );

interface Unnamed {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Where it begins from a snapshot of another run. */
  readonly parent?: { readonly iteration: number };
  readonly graph?: Checked | undefined;
}

/** More would be no name. */
const MOST_CHANGES = 2;

/**
 * What a run is called that nobody has named: what is different from the run before it, and where it began; or when
 * it was.
 */
export function defaultName(run: Unnamed, before: Unnamed | undefined): string {
  const found = run.graph && before?.graph ? findDifferences(before.graph, run.graph) : [];
  // How far it was to go says nothing of what it is.
  const differences = found.filter(({ what }) => what !== settingNames.iterations);
  const said = differences
    .slice(0, MOST_CHANGES)
    .map(({ what, values }) => (values ? `${what} ${values[1]}` : what));
  const left = differences.length - said.length;
  const parts = [
    ...(run.parent ? [`From iteration ${formatCount(run.parent.iteration)}`] : []),
    ...said,
    ...(left > 0 ? [`${left} more`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : `Run of ${sayTime(run.startedAt)}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `30 Nov, 14:05:09`, where the reader is. */
export function sayTime(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${date.getDate()} ${months[date.getMonth()]}, ${clock}`;
}
