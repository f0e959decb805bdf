import { describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { ring } from '@/lib/check/testing/graphs';
import { type Graph, limits } from '@/lib/graph/schema';
import { addNode } from './add';
import { canSplice, insertOnWire, spliceIntoWire } from './splice';

const errors = (graph: Graph) => checkGraph(graph).diagnostics.filter(({ severity }) => severity === 'error');
const wireFrom = (graph: Graph, output: string) => graph.wires.findIndex(([from]) => from === output);
const withNode = (graph: Graph, kind: string, network?: string) => {
  const { graph: added, ids } = addNode(graph, kind, [0, 0], { network });
  return { graph: added, id: ids[0] ?? '' };
};

describe('a node put into a wire', () => {
  test('is between its ends, and the graph still checks', () => {
    const { graph, id } = withNode(ring, 'tanh', 'G');
    const wire = wireFrom(graph, 'g-act-1.out');
    expect(canSplice(graph, wire, id)).toBe(true);
    const spliced = spliceIntoWire(graph, wire, id);
    expect(spliced.wires.slice(wire, wire + 2)).toEqual([
      ['g-act-1.out', `${id}.in`],
      [`${id}.out`, 'g-dense-2.in'],
    ]);
    expect(errors(spliced)).toEqual([]);
    expect(canSplice(spliced, wire, id)).toBe(false);
  });

  test('moves into the frame of the wire', () => {
    const { graph, id } = withNode(ring, 'tanh');
    const spliced = spliceIntoWire(graph, wireFrom(graph, 'g-act-1.out'), id);
    expect(spliced.nodes.find((node) => node.id === id)?.network).toBe('G');
    expect(errors(spliced)).toEqual([]);
  });

  test('may not be of a kind that has no place there', () => {
    const { graph, id } = withNode(ring, 'dense', 'G');
    const wire = wireFrom(graph, 'data.x');
    expect(canSplice(graph, wire, id)).toBe(false);
    expect(spliceIntoWire(graph, wire, id)).toBe(graph);
  });

  test('passes on what the wire carries: a tensor is not put into a θ wire', () => {
    const { graph, id } = withNode(ring, 'tanh');
    const wire = wireFrom(graph, 'G.theta');
    expect(canSplice(graph, wire, id)).toBe(false);
    expect(spliceIntoWire(graph, wire, id)).toBe(graph);
    expect(insertOnWire(ring, wire, 'tanh').ids).toEqual([]);
  });

  test('leaves a full document as it is', () => {
    const { graph, id } = withNode(ring, 'tanh', 'G');
    const [wire] = graph.wires;
    if (!wire) throw new Error('no wires');
    const full = {
      ...graph,
      wires: [...graph.wires, ...Array(limits.wires - graph.wires.length).fill(wire)],
    };
    expect(spliceIntoWire(full, wireFrom(full, 'g-act-1.out'), id)).toBe(full);
  });
});
