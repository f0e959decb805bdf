import { describe, expect, it } from 'vitest';
import { checkGraph } from './check';
import { callRows } from './testing/call-rows';
import { documentRows, inD } from './testing/document-rows';
import { gameRows } from './testing/game-rows';
import { ring, ringWith } from './testing/graphs';
import { penaltyRows } from './testing/penalty-rows';

describe('each mistake has its own diagnostic', () => {
  it.each([...documentRows, ...gameRows, ...penaltyRows, ...callRows])(
    '$code: $says',
    ({ code, graph, severity = 'error', node, says, fix }) => {
      const found = checkGraph(graph).diagnostics.filter((diagnostic) => diagnostic.code === code);
      const complaint = found.find((diagnostic) => says.test(diagnostic.message));
      expect(complaint, JSON.stringify(found)).toBeDefined();
      expect(complaint?.severity).toBe(severity);
      expect(complaint?.node).toBe(node);
      if (fix) expect(complaint?.fix?.type).toBe(fix);
    },
  );

  it('says nothing of a sound graph but hints', () => {
    expect(checkGraph(ring).diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('reports all mistakes, not only the first', () => {
    const graph = ringWith({
      params: { 'g-dense-1': { units: 0, unit: 1 }, quality: { dataset: 'nowhere' } },
      wires: ['ghost.out > samples.fake', 'z.out > ghost.in'],
    });
    const codes = checkGraph(graph).diagnostics.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['param-range', 'param-unknown', 'reference-node', 'wire-dangling']),
    );
    expect(codes.filter((code) => code === 'wire-dangling')).toHaveLength(2);
  });

  it('forgives what nobody needs: an unfinished node is no error', () => {
    const graph = ringWith({
      nodes: [
        inD('a', 'dense'),
        inD('b', 'dense'),
        { id: 'lonely', kind: 'sgd' },
        { id: 'm', kind: 'metric-modes' },
      ],
      wires: ['a.out > b.in'],
    });
    expect(checkGraph(graph).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
