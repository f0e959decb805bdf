import { describe, expect, it } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { ring } from '@/lib/check/testing/graphs';
import { endsOf } from '@/lib/graph/schema';
import { findDefinition, registry } from '@/lib/nodes/registry';
import { defined } from '@/lib/util/assert';
import { kindsLike, replaceKind } from './replace-kind';

const nodeOf = (graph: typeof ring, id: string) =>
  defined(
    graph.nodes.find((node) => node.id === id),
    id,
  );
const errors = (graph: typeof ring) =>
  checkGraph(graph).diagnostics.filter(({ severity }) => severity === 'error');

describe('another kind in a node’s place', () => {
  it('keeps all wires where the ports are the same', () => {
    const swapped = replaceKind(ring, 'loss', 'loss-minimax');
    expect(nodeOf(swapped, 'loss').kind).toBe('loss-minimax');
    expect(swapped.wires).toEqual(ring.wires);
    expect(errors(swapped)).toEqual([]);
  });

  it('keeps the parameters that the new kind takes, and drops the others', () => {
    const swapped = replaceKind(ring, 'adam-d', 'sgd');
    const { params } = nodeOf(swapped, 'adam-d');
    expect(params.learningRate).toEqual(nodeOf(ring, 'adam-d').params.learningRate);
    expect(params).not.toHaveProperty('beta1');
    expect(errors(swapped)).toEqual([]);
  });

  it('renames a title that named the old kind, and no other', () => {
    const titled = (title: string) => ({
      ...ring,
      nodes: ring.nodes.map((node) => (node.id === 'adam-d' ? { ...node, title } : node)),
    });
    expect(nodeOf(replaceKind(titled('Adam · D'), 'adam-d', 'sgd'), 'adam-d').title).toBe('SGD · D');
    expect(nodeOf(replaceKind(titled('The critic’s'), 'adam-d', 'sgd'), 'adam-d').title).toBe('The critic’s');
  });

  it('drops wires to ports that the new kind does not have', () => {
    const swapped = replaceKind(ring, 'loss', 'binary-cross-entropy');
    const ports = defined(checkGraph(swapped).nodes.get('loss'), 'the loss');
    const names = new Set([...ports.inputs, ...ports.outputs].map(({ name }) => `loss.${name}`));
    const ends = swapped.wires.flatMap(endsOf).filter((end) => end.startsWith('loss.'));
    expect(ends.filter((end) => !names.has(end))).toEqual([]);
    expect(swapped.wires.length).toBeLessThan(ring.wires.length);
  });

  it('changes nothing for an unknown kind, node, or the same kind', () => {
    expect(replaceKind(ring, 'loss', 'quantum')).toBe(ring);
    expect(replaceKind(ring, 'ghost', 'loss-minimax')).toBe(ring);
    expect(replaceKind(ring, 'loss', 'loss-non-saturating')).toBe(ring);
  });

  it('offers every kind of the same role and heading, and none for a network’s ports and calls', () => {
    const offered = kindsLike(defined(findDefinition('loss-minimax'), 'a kind')).map(({ kind }) => kind);
    expect(offered).toContain('loss-non-saturating');
    expect(offered).not.toContain('dense');
    for (const definition of registry)
      if (definition.role === 'call') expect(kindsLike(definition)).toEqual([]);
  });
});
