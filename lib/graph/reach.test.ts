import { expect, it } from 'vitest';
import { reachFrom, reachUpstream } from './reach';

it('reaches each item once, round a cycle too', () => {
  const next = new Map([
    [1, [2, 3]],
    [2, [4]],
    [3, [4]],
    [4, [1]],
    [5, [1]],
  ]);
  const visited: number[] = [];
  const reached = reachFrom([1], (item, go) => {
    visited.push(item);
    for (const to of next.get(item) ?? []) go(to);
  });
  expect([...reached].sort()).toEqual([1, 2, 3, 4]);
  expect(visited.sort()).toEqual([1, 2, 3, 4]);
});

it('goes upstream by wires; a hundred thousand nodes in a row are no stack', () => {
  const node = (...ids: string[]) => ({ wiredFrom: new Map([['in', ids.map((id) => ({ id }))]]) });
  const nodes = new Map(Array.from({ length: 100_000 }, (_, i) => [`${i}`, node(`${i - 1}`)]));
  expect(reachUpstream(nodes, ['99999']).size).toBe(100_001);
  expect([...reachUpstream(nodes, ['1'])]).toEqual(['1', '0', '-1']);
});
