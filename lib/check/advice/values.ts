import { callParams } from '@/lib/nodes/role-params';
import type { Checked, CheckedNode, End } from '../checked';

/** What arrives at an end: who made it, and between which numbers it lies. */

/** The node whose values arrive at an end, seen through calls and layers that only rearrange. */
export function producerOf(checked: Checked, start: End): { node: CheckedNode; reader: End } | undefined {
  let end = start;
  for (let hops = 0; hops <= checked.nodes.size; hops++) {
    const node = checked.nodes.get(end.id);
    if (!node) return undefined;
    const next = passedOn(checked, node, end);
    if (next === 'itself') return { node, reader: end };
    if (!next) return undefined;
    end = next;
  }
  return undefined;
}

/** Where a node's values come from, if it makes none of its own. */
function passedOn(checked: Checked, node: CheckedNode, { port }: End): End | 'itself' | undefined {
  const { definition, wiredFrom } = node;
  if (definition?.role === 'network-input') return undefined;
  const call = callParams(node);
  if (call) {
    const output = checked.networks.get(call.network)?.outputs.get(port);
    return output === undefined ? undefined : firstEnd(checked.nodes.get(output)?.wiredFrom);
  }
  const passes = definition?.traits?.keepsValues || node.node.state === 'bypassed';
  return passes ? (wiredFrom.get(port)?.[0] ?? firstEnd(wiredFrom)) : 'itself';
}

const firstEnd = (wired: CheckedNode['wiredFrom'] | undefined): End | undefined =>
  wired?.values().next().value?.[0];

type Range = readonly [low: number, high: number];

export interface Bounds {
  readonly range: Range;
  /** The first node on the way that sets a bound. */
  readonly by: CheckedNode;
}

/** Between which numbers the values at an end lie, where anything bounds them on a side. */
export function boundsOf(checked: Checked, start: End): Bounds | undefined {
  const way: CheckedNode[] = [];
  let end: End | undefined = start;
  while (end && way.length <= checked.nodes.size) {
    const made: CheckedNode | undefined = producerOf(checked, end)?.node;
    if (!made) break;
    way.push(made);
    end = made.definition?.traits?.maps && firstEnd(made.wiredFrom);
  }
  let bounds: Bounds | undefined;
  for (const node of way.reverse()) {
    const range = rangeAfter(node, bounds?.range);
    const by = bounds?.by ?? node;
    bounds = range?.some(Number.isFinite) ? { range, by } : undefined;
  }
  return bounds;
}

const EVERYWHERE: Range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** What a node makes of values in a range: both ends of it, whichever way round, or its own range. */
function rangeAfter({ definition, params }: CheckedNode, before: Range = EVERYWHERE): Range | undefined {
  const { maps, range } = definition?.traits ?? {};
  const ends = before.map((value) => maps?.(value, params));
  if (ends.some((value) => value === undefined || Number.isNaN(value))) return range;
  return [Math.min(...(ends as number[])), Math.max(...(ends as number[]))];
}

/** `lie between 0 and 1`, `are at least 0` */
export function sayRange([low, high]: Range): string {
  const say = (value: number) => String(Number(value.toPrecision(3)));
  if (!Number.isFinite(high)) return `are at least ${say(low)}`;
  return Number.isFinite(low) ? `lie between ${say(low)} and ${say(high)}` : `are at most ${say(high)}`;
}
