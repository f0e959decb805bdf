import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ring } from '@/lib/check/testing/graphs';
import type { Graph } from '@/lib/graph/schema';
import { applyChange, findChange } from './change';
import { moveNodes } from './move';
import { removeSelection } from './remove';
import { setSettings, setTitle } from './set';
import { edit } from './testing/edits';

/** As it is after a reload: nothing is the same object, nothing is undefined. */
const reloaded = <T>(value: T): T => JSON.parse(JSON.stringify(value));

function expectBothWays(before: Graph, after: Graph): void {
  const change = reloaded(findChange(before, after));
  expect(applyChange(reloaded(before), change, 'forward')?.graph).toEqual(reloaded(after));
  expect(applyChange(reloaded(after), change, 'back')?.graph).toEqual(reloaded(before));
}

describe('a change', () => {
  test('leads from one document to the other and back, whatever edits lie between', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), fc.nat(6), (edits, cut) => {
        const graphs: Graph[] = [ring];
        for (const step of edits) graphs.push(step(graphs.at(-1) as Graph));
        expectBothWays(graphs[Math.min(cut, edits.length)] as Graph, graphs.at(-1) as Graph);
      }),
      { numRuns: 100 },
    );
  });

  test('leads between lists in any order', () => {
    const order = fc.shuffledSubarray([...ring.nodes], { minLength: 0 });
    fc.assert(
      fc.property(order, order, (before, after) => {
        expectBothWays({ ...ring, nodes: before }, { ...ring, nodes: after });
      }),
    );
  });

  test('of a node that was moved, titled, or loses its title, holds what differs', () => {
    const [first] = ring.nodes;
    const id = first?.id ?? '';
    const moved = moveNodes(ring, new Map([[id, [7, 8]]]));
    expect(findChange(ring, moved)).toEqual({ nodes: [[0, [{ at: first?.at }], [{ at: [7, 8] }]]] });
    const titled = setTitle(ring, id, 'Mine');
    expect(findChange(titled, ring)).toEqual({ nodes: [[0, [{ title: 'Mine' }], [{ title: null }]]] });
    expectBothWays(titled, ring);
  });

  test('of the settings holds no node', () => {
    const { settings } = ring;
    expect(findChange(ring, setSettings(ring, { seed: 2 }))).toEqual({
      head: [{ settings }, { settings: { ...settings, seed: 2 } }],
    });
    expect(findChange(ring, ring)).toEqual({});
  });

  test('does not fit a document that differs where it changed something', () => {
    const [first, second] = ring.nodes;
    const change = findChange(
      ring,
      removeSelection(ring, { nodes: [first?.id ?? ''], networks: [], wires: [] }),
    );
    expect(applyChange(ring, change, 'forward')).toBeDefined();
    expect(applyChange(setTitle(ring, first?.id ?? '', 'Else'), change, 'forward')).toBeUndefined();
    expect(applyChange(setTitle(ring, second?.id ?? '', 'Else'), change, 'forward')).toBeDefined();
    expect(applyChange({ ...ring, nodes: [] }, change, 'forward')).toBeUndefined();
    expect(applyChange(ring, { nodes: [[1e9, [], [first]]] }, 'forward')).toBeUndefined();
    expect(applyChange(ring, { nodes: [[-1, [], [first]]] }, 'forward')).toBeUndefined();
  });
});
