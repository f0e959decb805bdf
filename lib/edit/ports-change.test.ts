import { describe, expect, it } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { penalised } from '@/lib/check/testing/penalty-rows';
import type { Graph } from '@/lib/graph/schema';
import { setParams } from './set';

const into = (graph: Graph, id: string) =>
  graph.wires.filter(([, to]) => to.startsWith(`${id}.`)).map((wire) => wire.join(' > '));
const errors = (graph: Graph) =>
  checkGraph(graph)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

describe('inputs that a node has by its own parameters', () => {
  const graph = penalised({});
  const both = ['loss.d > sum.gan', 'penalty.out > sum.penalty'];

  it('a wire follows a term that is renamed', () => {
    const renamed = setParams(graph, 'sum', { terms: { objective: 1, penalty: 1 } });
    expect(into(renamed, 'sum')).toEqual(['loss.d > sum.objective', 'penalty.out > sum.penalty']);
    expect(errors(renamed)).toEqual([]);
  });

  it('a wire goes with a term that is removed', () => {
    const removed = setParams(graph, 'sum', { terms: { gan: 1 } });
    expect(into(removed, 'sum')).toEqual(['loss.d > sum.gan']);
    expect(errors(removed)).toEqual([]);
  });

  it('a term that is added leaves the wires as they are', () => {
    const more = setParams(graph, 'sum', { terms: { gan: 1, penalty: 1, cycle: 10 } });
    expect(into(more, 'sum')).toEqual(both);
    expect(errors(more)).toEqual(['input-missing']);
  });

  it('where several names changed, wires stay for check to report', () => {
    const other = setParams(graph, 'sum', { terms: { a: 1, b: 1 } });
    expect(into(other, 'sum')).toEqual(both);
    expect(errors(other).length).toBeGreaterThan(0);
  });

  it('a name of a formula is followed too', () => {
    const formula = setParams(
      penalised({
        nodes: [{ id: 'total', kind: 'expression', params: { formula: 'gan + 2 * slope' } }],
        wires: ['loss.d > total.gan', 'penalty.out > total.slope'],
      }),
      'total',
      { formula: 'gan + 2 * penalty' },
    );
    expect(into(formula, 'total')).toEqual(['loss.d > total.gan', 'penalty.out > total.penalty']);
  });
});
