import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { damagedRing } from '@/lib/check/testing/arbitrary';
import { examples } from '@/lib/examples/catalogue';
import { hasErrors } from '@/lib/graph/diagnostic';
import type { Graph } from '@/lib/graph/schema';
import { defined } from '@/lib/util/assert';
import { compilePlan } from './compile';

function load(id: string): Graph {
  const example = defined(
    examples.find((entry) => entry.id === id),
    id,
  );
  const parsed = parseDocumentValue(example.document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.graph;
}

describe('compile', () => {
  test.each(examples.map(({ id }) => id))('%s compiles to a plan that survives JSON', (id) => {
    const plan = compilePlan(checkGraph(load(id)));
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test('players run by order, then by position', () => {
    const graph = load('ring');
    const swapped = {
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.id === 'adam-g' ? { ...node, params: { ...node.params, order: -1 } } : node,
      ),
    };
    expect(compilePlan(checkGraph(graph)).players.map(({ id }) => id)).toEqual(['adam-d', 'adam-g']);
    expect(compilePlan(checkGraph(swapped)).players.map(({ id }) => id)).toEqual(['adam-g', 'adam-d']);
  });

  test('a state that a role does not have changes nothing: a muted layer keeps its weights', () => {
    const graph = load('ring');
    const nodes = graph.nodes.map((node) =>
      node.id === 'g-dense-1' ? { ...node, state: 'muted' as const } : node,
    );
    expect(compilePlan(checkGraph({ ...graph, nodes }))).toEqual(compilePlan(checkGraph(graph)));
  });

  test('what no player, view or metric reaches stays out', () => {
    const graph = load('ring');
    const extra = { id: 'unused', kind: 'latent', at: [0, 0] as const, params: {} };
    const plan = compilePlan(checkGraph({ ...graph, nodes: [...graph.nodes, extra] }));
    expect(plan.game.map(({ id }) => id)).not.toContain('unused');
  });

  test('a graph without error diagnostics compiles, whatever was done to it', () => {
    let compiled = 0;
    fc.assert(
      fc.property(damagedRing(4), (graph) => {
        const checked = checkGraph(graph);
        if (hasErrors(checked.diagnostics)) return;
        compilePlan(checked);
        compiled++;
      }),
      { numRuns: 300 },
    );
    expect(compiled).toBeGreaterThan(10);
  });
});
