import { describe, expect, it } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import { architectureChoices, composeGame, dataChoices, isPossible, objectiveChoices } from './compose';

const all = dataChoices.flatMap(({ id: data }) =>
  architectureChoices.flatMap(({ id: architecture }) =>
    objectiveChoices.map(({ id: objective }) => ({ data, architecture, objective })),
  ),
);
const possible = all.filter(isPossible);

describe('a game from three answers', () => {
  it.each(possible)(
    '$data, $architecture, $objective: sound but for what minimax is known for',
    (answers) => {
      const checked = checkGraph(composeGame(answers));
      const faults = checked.diagnostics
        .filter(({ severity }) => severity !== 'info')
        .map(({ code }) => code);
      expect(faults).toEqual(answers.objective === 'loss-minimax' ? ['loss-saturates'] : []);
      expect(compilePlan(checked).players).toHaveLength(2);
    },
  );

  it('offers every pair of data and objective, and convolutions for images', () => {
    expect(all.length - possible.length).toBe((dataChoices.length - 1) * objectiveChoices.length);
  });

  it.each(possible)('$data, $architecture, $objective: nothing overlaps', (answers) => {
    const { nodes, networks } = composeGame(answers);
    const boxes = nodes.map(({ network, at, size = [132, 60] }) => {
      const [x, y] = networks.find(({ id }) => id === network)?.at ?? [0, 0];
      const [width, height] = network === undefined ? size : [88, 60];
      return { x: x + at[0], y: y + at[1], width, height };
    });
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
        ).toBe(true);
  });
});
