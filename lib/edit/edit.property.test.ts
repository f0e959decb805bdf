import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { damagedRing } from '@/lib/check/testing/arbitrary';
import { ring } from '@/lib/check/testing/graphs';
import { type Graph, graphSchema, joinEndpoint, splitEndpoint } from '@/lib/graph/schema';
import { registry } from '@/lib/nodes/registry';
import { addNode } from './add';
import { applyFix } from './apply-fix';
import { duplicateSelection, parseClipboard, paste } from './clipboard';
import { connect, disconnect } from './connect';
import { makeNetworkAround } from './make-network';
import { moveBy, moveNodes, reparent, resize } from './move';
import { removeSelection } from './remove';
import { setNetwork, setParams, setSettings, setState, setTitle } from './set';
import { insertOnWire } from './splice';

/** An edit chosen by a few numbers, so that it fits whatever graph it meets. */
type Edit = (graph: Graph) => Graph;
const n = fc.nat(10_000);
const coordinate = fc.oneof(
  fc.integer({ min: -1e7, max: 1e7 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
);
const point = fc.tuple(coordinate, coordinate);
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

const edit: fc.Arbitrary<Edit> = fc.oneof(
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

/** What the schema does not say of a graph, and every edit keeps. */
function faults(graph: Graph): readonly string[] {
  const parsed = graphSchema.safeParse(graph);
  const all = [...graph.networks, ...graph.nodes].map(({ id }) => id);
  const ids = new Set(all);
  return [
    ...(parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)),
    ...all.filter((id, i) => all.indexOf(id) !== i).map((id) => `two are named ${id}`),
    ...graph.wires
      .flat()
      .filter((end) => !ids.has(splitEndpoint(end).id))
      .map((end) => `a wire at ${end}`),
    ...graph.nodes
      .filter(({ network }) => network !== undefined && !ids.has(network))
      .map(({ id }) => `${id} lost its frame`),
  ];
}

describe('edits', () => {
  it('any sequence of them keeps a sound document, and leaves the one before alone', () => {
    const before = JSON.stringify(ring);
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        let graph: Graph = ring;
        for (const step of edits) {
          graph = step(graph);
          expect(faults(graph)).toEqual([]);
        }
        expect(JSON.stringify(ring)).toBe(before);
      }),
      { numRuns: 150 },
    );
  });

  it('do not throw on graphs that are wrong already', () => {
    fc.assert(
      fc.property(damagedRing(6), edit, (graph, step) => {
        expect(graphSchema.safeParse(step(graph)).success).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('paste takes any clipboard that parses, and the rest gives diagnostics', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          damagedRing(8).map((graph) => JSON.stringify(graph)),
        ),
        point,
        (text, at) => {
          const parsed = parseClipboard(text);
          if (!parsed.ok) {
            expect(parsed.diagnostics.length).toBeGreaterThan(0);
            return;
          }
          const pasted = paste(ring, parsed.graph, at);
          expect(pasted.ok).toBe(true);
          if (pasted.ok) expect(graphSchema.safeParse(pasted.graph).success).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
