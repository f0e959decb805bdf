import type { Checked, CheckedNode } from '@/lib/check/checked';
import type { Fix } from '@/lib/graph/diagnostic';
import { type Graph, type Params, splitEndpoint, type Wire } from '@/lib/graph/schema';
import { formatDims, sizeOf } from '@/lib/shapes/shape';
import { formatCount } from '@/lib/util/format-count';
import { applyFix } from './apply-fix';
import { checkedOf } from './checked-of';

interface Candidate {
  readonly kind: string;
  readonly label: string;
  readonly params: Params;
}

/**
 * Layers that make a wrong wire right where they are put into it: tried, not guessed. A wire is wrong where the node
 * that it enters says so.
 */
export function wireFixes(checked: Checked, index: number): readonly Fix[] {
  const wire = checked.graph.wires[index];
  const shape = checked.wireShapes[index];
  const target = checked.nodes.get(splitEndpoint(wire?.[1] ?? '').id);
  if (!wire || !shape || !target || target.node.network === undefined) return [];
  if (!isWrong(checked, target.node.id)) return [];
  return candidates(shape.dims, target).flatMap(({ kind, label, params }) => {
    const fix: Fix = { type: 'insert-on-wire', label, wire, kind, params };
    const after = applyFix(checked.graph, fix);
    return after !== checked.graph && isRight(checked.graph, after, target.node.id) ? [fix] : [];
  });
}

interface WireOffer {
  /** What is wrong with the wire. */
  readonly reason: string;
  /** Each makes it right, in one step. */
  readonly fixes: readonly Fix[];
}

/** What fixes a wrong wire: layers put into it, and what the check offers for the node that it enters. */
export function wireOffer(checked: Checked, index: number): WireOffer | undefined {
  const wire = checked.graph.wires[index];
  const end = wire && splitEndpoint(wire[1]);
  const wrong = checked.diagnostics.filter(
    ({ severity, node, port, wire: about }) =>
      severity !== 'info' &&
      (about === index || (node === end?.id && (port === undefined || port === end?.port))),
  );
  const swaps = checked.diagnostics.flatMap(({ severity, fix }) =>
    severity !== 'info' && fix?.type === 'swap-wires' && fix.wires.some((ends) => sameWire(ends, wire))
      ? [fix]
      : [],
  );
  const fixes = [...swaps, ...wireFixes(checked, index)];
  const reason = checked.diagnostics.find(({ fix }) => fix === swaps[0])?.message ?? wrong[0]?.message;
  return reason === undefined || fixes.length === 0 ? undefined : { reason, fixes };
}

const sameWire = (a: Wire, b: Wire | undefined): boolean => a[0] === b?.[0] && a[1] === b[1];

/** An error; or what says so of a wire where nobody needs the node yet, which is a warning. */
const isWrong = ({ diagnostics }: Checked, id: string): boolean =>
  diagnostics.some(
    ({ node, severity, wire }) =>
      node === id && (severity === 'error' || (severity === 'warning' && wire !== undefined)),
  );

/** Neither the node nor what was put before it is wrong. */
function isRight(before: Graph, after: Graph, node: string): boolean {
  const known = new Set(before.nodes.map(({ id }) => id));
  const added = after.nodes.flatMap(({ id }) => (known.has(id) ? [] : [id]));
  const checked = checkedOf(after);
  return [node, ...added].every((id) => !isWrong(checked, id));
}

/** Flat, an image of as many numbers, or as many numbers as the target's own sizes ask for. */
function candidates(dims: readonly number[], { params }: CheckedNode): readonly Candidate[] {
  const size = sizeOf(dims);
  const images = [1, 3].flatMap((channels) => {
    const side = Math.sqrt(size / channels);
    return Number.isInteger(side) && side > 1 ? [[side, side, channels]] : [];
  });
  const wanted = Object.values(params).flatMap((value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => Number.isInteger(item))
      ? [sizeOf(value as number[])]
      : [],
  );
  return [
    { kind: 'flatten', label: 'Insert flatten', params: {} },
    ...images.map((shape) => ({
      kind: 'reshape',
      label: `Insert reshape to ${formatDims(shape)}`,
      params: { shape },
    })),
    ...wanted.map((units) => ({
      kind: 'dense',
      label: `Insert dense of ${formatCount(units)}`,
      params: { units },
    })),
  ];
}
