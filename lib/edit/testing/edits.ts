import fc from 'fast-check';
import { checkGraph } from '@/lib/check/check';
import { type Graph, joinEndpoint } from '@/lib/graph/schema';
import { registry } from '@/lib/nodes/registry';
import { addNode } from '../add';
import { applyFix } from '../apply-fix';
import { duplicateSelection } from '../clipboard';
import { connect, disconnect } from '../connect';
import { makeNetworkAround } from '../make-network';
import { moveBy, moveNodes, reparent, resize } from '../move';
import { removeSelection } from '../remove';
import { setNetwork, setParams, setSettings, setState, setTitle } from '../set';
import { insertOnWire } from '../splice';

type Edit = (graph: Graph) => Graph;
const n = fc.nat(10_000);
const coordinate = fc.oneof(
  fc.integer({ min: -1e7, max: 1e7 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
);
export const point = fc.tuple(coordinate, coordinate);
const kind = fc.constantFrom(...registry.map((definition) => definition.kind as string));

const pick = <T>(items: readonly T[], i: number): T | undefined => items[i % Math.max(items.length, 1)];
const idAt = (graph: Graph, i: number) => pick([...graph.networks, ...graph.nodes], i)?.id ?? 'none';
const networkAt = (graph: Graph, i: number) => (i % 3 === 0 ? undefined : pick(graph.networks, i)?.id);
const select = (graph: Graph, picks: readonly number[]) => {
  const ids = picks.map((i) => idAt(graph, i));
  return {
    nodes: ids.filter((id) => graph.nodes.some((node) => node.id === id)),
    networks: ids.filter((id) => graph.networks.some((network) => network.id === id)),
    wires: picks.filter((i) => i % 5 === 0).map((i) => i % Math.max(graph.wires.length, 1)),
  };
};
const endAt = (graph: Graph, i: number, side: 'inputs' | 'outputs') => {
  const node = pick([...checkGraph(graph).nodes.values()], i);
  return joinEndpoint(node?.node.id ?? 'none', pick(node?.[side] ?? [], i)?.name ?? 'none');
};
const some = fc.array(n, { minLength: 1, maxLength: 4 });

/** An edit chosen by a few numbers, so that it fits whatever graph it meets. */
export const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(kind, point, n).map(
    ([k, at, i]): Edit =>
      (g) =>
        addNode(g, k, at, { network: networkAt(g, i) }).graph,
  ),
  fc.tuple(some, fc.string({ maxLength: 20 })).map(
    ([ids, name]): Edit =>
      (g) =>
        makeNetworkAround(
          g,
          ids.map((i) => idAt(g, i)),
          name,
        ).graph,
  ),
  some.map(
    (picks): Edit =>
      (g) =>
        removeSelection(g, select(g, picks)),
  ),
  fc.tuple(n, n).map(
    ([a, b]): Edit =>
      (g) =>
        connect(g, endAt(g, a, 'outputs'), endAt(g, b, 'inputs')),
  ),
  some.map(
    (picks): Edit =>
      (g) =>
        disconnect(
          g,
          picks.map((i) => i % Math.max(1, g.wires.length)),
        ),
  ),
  fc.tuple(n, kind).map(
    ([i, k]): Edit =>
      (g) =>
        insertOnWire(g, i % Math.max(1, g.wires.length), k).graph,
  ),
  fc.tuple(some, point).map(
    ([picks, by]): Edit =>
      (g) =>
        moveBy(g, select(g, picks), by),
  ),
  fc.tuple(n, point).map(
    ([i, at]): Edit =>
      (g) =>
        moveNodes(g, new Map([[idAt(g, i), at]])),
  ),
  fc.tuple(some, n).map(
    ([picks, i]): Edit =>
      (g) =>
        reparent(
          g,
          picks.map((p) => idAt(g, p)),
          networkAt(g, i),
        ),
  ),
  fc.tuple(n, point).map(
    ([i, size]): Edit =>
      (g) =>
        resize(g, idAt(g, i), size),
  ),
  fc
    .tuple(
      n,
      fc.constantFrom('name', 'units', 'network', 'x'),
      fc.oneof(fc.string({ maxLength: 6 }), fc.integer(), fc.constant(undefined)),
    )
    .map(
      ([i, name, value]): Edit =>
        (g) =>
          setParams(g, idAt(g, i), { [name]: value }),
    ),
  fc.tuple(n, fc.string({ maxLength: 300 })).map(
    ([i, title]): Edit =>
      (g) =>
        setTitle(g, idAt(g, i), title),
  ),
  fc.tuple(some, fc.constantFrom('bypassed' as const, 'muted' as const, undefined)).map(
    ([picks, state]): Edit =>
      (g) =>
        setState(
          g,
          picks.map((i) => idAt(g, i)),
          state,
        ),
  ),
  fc.tuple(n, fc.double()).map(
    ([i, ema]): Edit =>
      (g) =>
        setNetwork(g, idAt(g, i), { ema }),
  ),
  fc.integer().map(
    (batchSize): Edit =>
      (g) =>
        setSettings(g, { batchSize }),
  ),
  some.map(
    (picks): Edit =>
      (g) => {
        const pasted = duplicateSelection(g, select(g, picks));
        return pasted.ok ? pasted.graph : g;
      },
  ),
  n.map(
    (i): Edit =>
      (g) => {
        const fixes = checkGraph(g).diagnostics.flatMap(({ fix }) => fix ?? []);
        const fix = pick(fixes, i);
        return fix ? applyFix(g, fix) : g;
      },
  ),
);
