import { expect, test } from 'vitest';
import { gameIds } from './games/games';
import { bars, judgeAll, missedControls } from './gates';
import type { GameResult, Measured, SideId, SideResult } from './results';

const measured = (median: number, more: Partial<Measured> = {}): Measured => ({
  type: 'measured',
  median,
  low: median,
  high: median,
  samples: [median],
  iterations: 1,
  ...more,
});
const dcgan = (sides: { [side in SideId]?: SideResult }): GameResult => ({ game: 'dcgan-28', sides });
const find = (result: GameResult, name: string) =>
  judgeAll([result]).find((gate) => gate.name === name && !gate.stretch);

test('bars name games that there are', () => {
  const named = new Set(bars.flatMap(({ games }) => games));
  expect([...named].filter((id) => !gameIds.some((game) => game === id))).toEqual([]);
});

test('a ratio is held against its bar, on either side of it', () => {
  const name = "times PyTorch's time";
  expect(find(dcgan({ ours: measured(49), pytorch: measured(10) }), name)?.passed).toBe(true);
  expect(find(dcgan({ ours: measured(51), pytorch: measured(10) }), name)).toMatchObject({
    value: 5.1,
    passed: false,
  });
});

test('a side that was given up is a bound: it may pass a gate, and never fails one', () => {
  const name = 'times as fast as WebGL by hand';
  const slow: SideResult = { type: 'longer-than', milliseconds: 60_000 };
  expect(find(dcgan({ ours: measured(1000), 'webgl-by-hand': slow }), name)).toMatchObject({
    value: 60,
    isBound: true,
    passed: true,
  });
  const unknown = find(dcgan({ ours: measured(10_000), 'webgl-by-hand': slow }), name);
  expect(unknown?.isBound).toBe(true);
  expect(unknown?.passed).toBeUndefined();
});

test('without a figure a gate neither passes nor fails', () => {
  const absent: SideResult = { type: 'absent', reason: 'no PyTorch here' };
  const gate = find(dcgan({ ours: measured(10), pytorch: absent }), "times PyTorch's time");
  expect(gate?.value).toBeUndefined();
  expect(gate?.passed).toBeUndefined();
});

test('kernel calls are gated', () => {
  const name = 'kernel calls';
  expect(find(dcgan({ ours: measured(10, { kernels: 300 }) }), name)?.passed).toBe(true);
  expect(find(dcgan({ ours: measured(10, { kernels: 301 }) }), name)?.passed).toBe(false);
});

test('a control is missed where it is less than a fifth slower than ours', () => {
  const ours = measured(10, { samples: [10, 10, 20] });
  const seen = dcgan({ ours, control: measured(15, { samples: [15, 14, 30] }) });
  const missed = dcgan({ ours, control: measured(15, { samples: [11, 10, 30] }) });
  expect(missedControls([seen])).toEqual([]);
  expect(missedControls([missed])).toEqual(['dcgan-28']);
  expect(missedControls([dcgan({ ours })])).toEqual([]);
  expect(missedControls([dcgan({ ours, control: { type: 'absent', reason: 'gone' } })])).toEqual([
    'dcgan-28',
  ]);
});
