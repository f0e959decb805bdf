import type { Truth } from '@/lib/data/truth';
import type { MetricResult } from '@/lib/nodes/metric-result';
import { resolveParams } from '@/lib/nodes/params';
import type { WiredNode } from './checked';
import { type Named, portName } from './names';

/** What a metric of a document reads off a run, result by result and wire by wire. */
export interface Reading extends Pick<MetricResult, 'better' | 'unit'> {
  /** Its curve: `metric.result`. */
  readonly series: string;
  readonly label: string;
  /** The same where room is short. */
  readonly short: string;
  /** How much there is to reach. */
  readonly total?: number;
}

/** All of a metric's; none of another node. */
export function readingsOf(found: WiredNode, named: Named): readonly Reading[] {
  const { node, definition } = found;
  if (definition?.role !== 'metric') return [];
  const wires = wiresOf(found);
  const truth = truthOf(found, named);
  const results = definition.results.filter(
    ({ by }) => !truth || !by || (by === 'modes') === (truth.modes !== undefined),
  );
  return wires.flatMap((wire, i) =>
    results.map(({ name, label, short = label, unit, better, total }): Reading => {
      const from = wires.length > 1 && wire ? portName(named, { ...wire, side: 'output' }) : undefined;
      const most = truth && total?.(truth);
      return {
        series: `${node.id}.${name}${i === 0 ? '' : i + 1}`,
        label: from === undefined ? label : `${label} of ${from}`,
        short: from ?? short,
        ...(unit && { unit }),
        ...(better && { better }),
        ...(most !== undefined && { total: most }),
      };
    }),
  );
}

const MOST_ON_CARD = 3;

/** The first few, for the card; of several wires, the first of each. */
export function cardReadings(found: WiredNode, named: Named): readonly Reading[] {
  const readings = readingsOf(found, named);
  const each = readings.length / wiresOf(found).length;
  const first = wiresOf(found).length > 1 ? readings.filter((_, i) => i % each === 0) : readings;
  return first.slice(0, MOST_ON_CARD);
}

/** How many the card shows. */
export function countCardReadings(found: WiredNode): number {
  const { definition } = found;
  if (definition?.role !== 'metric') return 0;
  const wires = wiresOf(found).length;
  return Math.min(MOST_ON_CARD, wires > 1 ? wires : definition.results.length);
}

/** The wires that have results of their own; one, whether it is there or not, where they have not. */
function wiresOf({ definition, wiredFrom }: WiredNode) {
  const port = definition?.role === 'metric' ? definition.perWire : undefined;
  const wires = port === undefined ? [] : (wiredFrom.get(port) ?? []);
  return wires.length > 0 ? wires : [undefined];
}

/** What the data set that a metric names knows of itself. */
function truthOf({ params }: WiredNode, { nodes }: Named): Truth | undefined {
  const dataset = nodes.get(String(params.dataset ?? ''));
  return dataset?.definition?.role === 'source'
    ? dataset.definition.truth?.(resolveParams(dataset.params, 0) as never)
    : undefined;
}
