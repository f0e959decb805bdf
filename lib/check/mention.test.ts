import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Graph, joinEndpoint, splitEndpoint } from '@/lib/graph/schema';
import { findDefinition } from '@/lib/nodes/registry';
import { checkGraph } from './check';
import { referencesOf } from './definition-facts';
import { scoreRows } from './testing/advice-rows';
import { callRows } from './testing/call-rows';
import { documentRows } from './testing/document-rows';
import { gameRows } from './testing/game-rows';
import { caseGraph, exampleGraph, ring, ringWith } from './testing/graphs';
import { penaltyRows } from './testing/penalty-rows';
import { playRows } from './testing/play-rows';
import { truthRows } from './testing/truth-rows';

/** The same graph under ids that no sentence has by chance. */
function withPlainIds(graph: Graph): Graph {
  const all = [...graph.networks, ...graph.nodes].map(({ id }) => id);
  const ids = new Map(all.map((id, i) => [id, `uid-${i}`]));
  const idOf = (id: string) => ids.get(id) ?? id;
  const end = (text: string) => {
    const { id, port } = splitEndpoint(text);
    return joinEndpoint(idOf(id), port);
  };
  return {
    ...graph,
    networks: graph.networks.map((network) => ({
      ...network,
      id: idOf(network.id),
      name: network.name || 'N',
    })),
    nodes: graph.nodes.map((node) => {
      const definition = findDefinition(node.kind);
      const params = { ...node.params };
      for (const { param, reference } of definition ? referencesOf(definition) : [])
        if ((reference.to === 'network' || reference.to === 'node') && typeof params[param] === 'string')
          params[param] = idOf(params[param]);
      const { network } = node;
      return { ...node, id: idOf(node.id), params, ...(network !== undefined && { network: idOf(network) }) };
    }),
    wires: graph.wires.map(([from, to]) => [end(from), end(to)] as const),
  };
}

const textOf = ({ message, hint = '', fix }: Diagnostic): string => `${message} ${hint} ${fix?.label ?? ''}`;

/** JSON documents of a folder, by name. */
const namesIn = (folder: string): readonly string[] =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));

const rows = [
  ...[...documentRows, ...gameRows, ...penaltyRows, ...callRows].map(
    ({ code, graph }) => [code, graph] as const,
  ),
  ...[...scoreRows, ...playRows, ...truthRows].map(({ rule, graph }) => [rule, graph] as const),
  ...namesIn('../../tests/cases').map((name) => [name, caseGraph(name)] as const),
  ...namesIn('../examples').map((name) => [name, exampleGraph(name)] as const),
];

describe('messages name things as the canvas does', () => {
  it.each(rows)('%s: no id in any message', (_, graph) => {
    for (const diagnostic of checkGraph(withPlainIds(graph)).diagnostics)
      expect(textOf(diagnostic)).not.toMatch(/uid-\d|undefined|[\uE000\uE001]/);
  });

  it('a name is known by its id', () => {
    const { diagnostics } = checkGraph(ringWith({ unwire: ['loss.d > adam-d.loss'] }));
    const found = diagnostics.find(({ code }) => code === 'optimizer-no-loss');
    expect(found?.message).toBe('Adam for D has no loss to minimise.');
    expect(found?.parts?.message).toEqual([
      { id: 'adam-d', name: 'Adam for D' },
      ' has no loss to minimise.',
    ]);
  });

  it('an end of a wire is called as its port, a title by itself', () => {
    const nodes = ring.nodes.map((node) => (node.id === 'adam-g' ? { ...node, title: 'Mine' } : node));
    const wires = [...ring.wires, ['data.labels', 'adam-g.loss'] as const];
    const { diagnostics } = checkGraph({ ...ring, nodes, wires });
    expect(diagnostics.find(({ code }) => code === 'type-mismatch')?.parts?.message).toEqual([
      'labels of ',
      { id: 'data', name: 'Dataset' },
      ' is a tensor, but loss of ',
      { id: 'adam-g', name: 'Mine' },
      ' takes a loss (one number).',
    ]);
  });
});
