import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { exampleGraph } from '@/lib/check/testing/graphs';
import { boxOf } from '@/lib/layout/boxes';
import { assert } from '@/lib/util/assert';
import { examples } from './catalogue';

/** In the canvas' units, between any two things of the game. */
const GAP = 8;

test.each(examples.map(({ id }) => id))('%s keeps its cards and frames apart', (id) => {
  const checked = checkGraph(exampleGraph(id));
  const game = [...checked.nodes.values()].filter(({ node }) => node.network === undefined);
  const ids = [...game.map(({ node }) => node.id), ...checked.networks.keys()];
  const close = ids.flatMap((a, i) =>
    ids.slice(i + 1).flatMap((b) => (gapBetween(a, b) < GAP ? [`${a}, ${b}`] : [])),
  );
  expect(close).toEqual([]);

  function gapBetween(a: string, b: string): number {
    const [one, other] = [boxOf(checked, a), boxOf(checked, b)];
    assert(one && other, 'both are drawn');
    const across = Math.max(one.x - other.x - other.width, other.x - one.x - one.width);
    const down = Math.max(one.y - other.y - other.height, other.y - one.y - one.height);
    return Math.max(across, down);
  }
});
