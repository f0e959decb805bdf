import { createCanvas } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { drawPicture } from './draw-picture';
import type { Picture } from './picture';
import { lightTheme } from './theme';

const line = Float32Array.of(0, 0.5, 1, 0.2);
const bounds = [
  [-2, 2],
  [-9, 9],
] as const;
const surface = { width: 2, height: 2, values: Float32Array.of(-1, 1, 2, -2) };
const pictures: readonly Picture[] = [
  { type: 'points', real: line, fake: line, bounds, surface },
  { type: 'points', real: line, fake: line, bounds },
  { type: 'densities', range: [0, 1], real: line, fake: line, curve: line },
  { type: 'arrows', tails: line, heads: line, real: line, fake: line, bounds },
  { type: 'strings', real: ['abc', 'd'], fake: ['abc'] },
];
const boxes = [60, 90, 130, 180, 264, 320, 640].flatMap((width) =>
  [50, 84, 100, 149, 186, 400].map((height) => ({ width, height })),
);

/** The texts of a picture: how large, and from where to where. */
function textsOf(picture: Picture, box: { width: number; height: number }) {
  const context = createCanvas(box.width, box.height).getContext('2d');
  const texts: { text: string; size: number; from: number; to: number; y: number }[] = [];
  const fill = context.fillText.bind(context);
  context.fillText = (text: string, x: number, y: number) => {
    const { width } = context.measureText(text);
    const from = x - { left: 0, start: 0, center: width / 2, right: width, end: width }[context.textAlign];
    const size = Number(/(\d+(?:\.\d+)?)px/.exec(context.font)?.[1]);
    if (text) texts.push({ text, size, from, to: from + width, y });
    fill(text, x, y);
  };
  drawPicture(context as never, picture, box, lightTheme);
  return texts;
}

test.each(pictures.map((picture) => [picture.type, picture] as const))(
  'all of the text of %s is at least 11 px, and its legend within the picture, in any box',
  (type, picture) => {
    for (const box of boxes) {
      const where = `${type} in ${box.width} × ${box.height}`;
      for (const { text, size, from, to, y } of textsOf(picture, box)) {
        expect(size, where).toBeGreaterThanOrEqual(11);
        if (!['real', 'fake', 'function', 'high', 'low'].includes(text)) continue;
        expect(from, `${text} of ${where}`).toBeGreaterThanOrEqual(0);
        expect(to, `${text} of ${where}`).toBeLessThanOrEqual(box.width);
        expect(y, `${text} of ${where}`).toBeLessThanOrEqual(box.height - size / 2);
      }
    }
  },
);

test('a strip gives all of its height to the plot, and says no numbers', () => {
  const texts = textsOf(pictures[0] as Picture, { width: 320, height: 100 }).map(({ text }) => text);
  expect(texts).toEqual(['real', 'fake']);
});

test('a legend says the names that a picture gives', () => {
  const names = { real: 'one game', fake: 'the other' };
  const image = { count: 1, width: 2, height: 2, channels: 1, pixels: line };
  const said = (picture: Picture) => textsOf(picture, { width: 320, height: 240 }).map(({ text }) => text);
  for (const picture of [
    { type: 'points', real: line, fake: line, bounds, names },
    { type: 'densities', range: [0, 1], real: line, fake: line, names },
    { type: 'strings', real: ['abc'], fake: ['abc'], names },
    { type: 'images', real: image, fake: image, names },
  ] as const) {
    expect(said(picture), picture.type).toEqual(expect.arrayContaining(['one game', 'the other']));
    expect(said(picture), picture.type).not.toEqual(expect.arrayContaining(['real']));
  }
});
