import { expect, test } from 'vitest';
import { formatCount } from './format-count';

test('numbers are written as the browser writes them in English', () => {
  const some = [0, -0.4, 7, 999, 1000, -1000, 17_154, 1e6, -123_456_789, 0.0004, 1234.5678, 2 ** 53, 1e-9];
  for (const value of some)
    expect(formatCount(value)).toBe((Object.is(value, -0) ? 0 : value).toLocaleString('en'));
});
