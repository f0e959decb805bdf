import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { fitText, formatNumber, formatTicks, wrapText } from './text';

it('formatNumber gives three significant digits', () => {
  const cases: readonly [number, string][] = [
    [0, '0'],
    [0.56123, '0.561'],
    [-4, '−4'],
    [1234.5, '1230'],
    [1.5e6, '1.5e6'],
    [-1.2e-7, '−1.2e−7'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ];
  for (const [value, text] of cases) expect(formatNumber(value)).toBe(text);
});

describe('text is fitted', () => {
  const context = createCanvas(10, 10).getContext('2d');
  context.font = '10px sans-serif';
  const text = 'What the discriminator says of samples, one by one';

  it('by an ellipsis', () => {
    for (const width of [0, 5, 40, 90, 1000]) {
      const fitted = fitText(context, text, width);
      expect(context.measureText(fitted).width).toBeLessThanOrEqual(width);
      expect(fitted === '' || fitted === text || fitted.endsWith('…')).toBe(true);
    }
    expect(fitText(context, text, 1000)).toBe(text);
  });

  it('by lines', () => {
    const lines = wrapText(context, text, 90);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(context.measureText(line).width).toBeLessThanOrEqual(90);
  });
});

it('numbers along an axis differ', () => {
  expect(formatTicks([0, 0.5, 1])).toEqual(['0', '0.5', '1']);
  expect(formatTicks([200, 200.5, 201])).toEqual(['200', '200.5', '201']);
  expect(formatTicks([12_000, 12_005, 12_010])).toEqual(['12000', '12005', '12010']);
  expect(formatTicks([0.50001, 0.50002])).toEqual(['0.50001', '0.50002']);
  expect(formatTicks([123_400, 123_500])).toEqual(['1.23e5', '1.24e5']);
});
