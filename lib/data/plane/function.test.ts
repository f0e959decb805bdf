import { describe, expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { functionOfX } from './function';

const parse = (options: object) => functionOfX.options.safeParse(options);

test('points lie on the graph of the formula', () => {
  const options = functionOfX.options.parse({ formula: 'max(x, -x) / 2 - pow(cos(pi * x), 2)', noise: 0 });
  const { x } = functionOfX.draw(options, 200, createStream('function'));
  for (let i = 0; i < x.length; i += 2) {
    const at = x[i] as number;
    expect(Math.abs(at)).toBeLessThanOrEqual(2);
    expect(x[i + 1]).toBeCloseTo(Math.abs(at) / 2 - Math.cos(Math.PI * at) ** 2, 4);
  }
});

test('its density is that of the noise around it, and nothing beyond its ends', () => {
  const truth = functionOfX.truth?.(functionOfX.options.parse({ formula: '2 * x', centre: 2, noise: 0.5 }));
  expect(truth?.density?.([1, 2])).toBeCloseTo(1 / (4 * 0.5 * Math.sqrt(2 * Math.PI)));
  expect(truth?.density?.([1, 2.5])).toBeCloseTo(Math.exp(-0.5) / (2 * Math.sqrt(2 * Math.PI)));
  expect(truth?.density?.([-0.1, 0])).toBe(0);
});

describe('a formula that cannot be drawn gets a sentence:', () => {
  test.each([
    [{ formula: 'sin(' }, 'leaves a parenthesis open (at letter 5)'],
    [{ formula: 'sin(3 * y)' }, 'The formula has the name y; it may have x and pi'],
    [{ formula: 'alert(x)' }, 'calls alert, which is no function; there is sin, cos,'],
    [{ formula: 'x.constructor' }, 'has no use for “.” but in numbers'],
    [
      { formula: 'log(x)' },
      'The formula gives NaN at x = -2; y must lie between -1000 and 1000 from -2 to 2',
    ],
    [{ formula: '1 / x' }, 'The formula gives Infinity at x = 0'],
    [{ formula: 'exp(9 * x)' }, 'y must lie between -1000 and 1000'],
    [
      { formula: 'sqrt(x - 2)', centre: 4.5, width: 6 },
      'gives NaN at x = 1.5; y must lie between -1000 and 1000 from 1.5 to 7.5',
    ],
  ])('%o', (options, sentence) => {
    const result = parse(options);
    expect(result.error?.issues.map(({ message }) => message).join()).toContain(sentence);
  });

  test('and a pole between the places that are tried gives finite numbers', () => {
    const options = functionOfX.options.parse({ formula: '0.001 / (x - 0.0012345)' });
    const { x } = functionOfX.draw(options, 5_000, createStream('pole'));
    expect(x.every((value) => Math.abs(value) < 1_001)).toBe(true);
  });
});
