import { expect, test } from 'vitest';
import { joinBytes } from '@/lib/util/join';
import { imageEvent, scalarEvent, versionEvent } from './tensorboard';
import { readEvents } from './testing/read-events';

test('what is written is what a reader finds, with right checksums', () => {
  const png = Uint8Array.of(137, 80, 78, 71);
  const file = joinBytes([
    versionEvent(12.5),
    scalarEvent(13, 0, { 'loss/d': 1.5 }),
    scalarEvent(14.25, 300, { 'loss/d': -0.25, 'metric/modes.covered': 8, bad: Number.NaN }),
    imageEvent(15, 70_000, 'samples', { width: 640, height: 480, png }),
  ]);
  expect(readEvents(file)).toEqual([
    { seconds: 12.5, step: 0, version: 'brain.Event:2', values: [] },
    { seconds: 13, step: 0, values: [{ tag: 'loss/d', value: 1.5 }] },
    {
      seconds: 14.25,
      step: 300,
      values: [
        { tag: 'loss/d', value: -0.25 },
        { tag: 'metric/modes.covered', value: 8 },
      ],
    },
    {
      seconds: 15,
      step: 70_000,
      values: [{ tag: 'samples/image/0', image: { height: 480, width: 640, colorspace: 4, png } }],
    },
  ]);
  expect(() => readEvents(file.map((byte, i) => (i === 15 ? byte ^ 1 : byte)))).toThrow('checksum');
});
