import { expect, test } from 'vitest';
import { formatBytes, formatRate, formatReading, formatSeconds, formatValue } from './format';

test('durations', () => {
  expect([0.4, 41, 89, 200, 1500, 7500].map(formatSeconds)).toEqual([
    '0 s',
    '41 s',
    '89 s',
    '3 min 20 s',
    '25 min',
    '2 h 5 min',
  ]);
  expect(formatSeconds(Number.POSITIVE_INFINITY)).toBe('');
});

test('bytes', () => {
  expect([900, 250_000, 9_100_000, 84_000_000, 1.42e9].map(formatBytes)).toEqual([
    '1 kB',
    '250 kB',
    '9.1 MB',
    '84 MB',
    '1.4 GB',
  ]);
});

test('rates and values', () => {
  expect([1840, 184.4, 9.24, 0.414].map(formatRate)).toEqual(['1,840', '184', '9.2', '0.41']);
  expect([8, 0.9312, 0.00021, 1234.5, Number.NaN].map(formatValue)).toEqual([
    '8',
    '0.931',
    '2.10e-4',
    '1235',
    'NaN',
  ]);
});

test('a metric says what its number is out of', () => {
  expect(formatReading(7, { total: 8 })).toBe('7 / 8');
  expect(formatReading(0.9312, { unit: '%' })).toBe('93.1 %');
  expect(formatReading(1, { unit: '%' })).toBe('100 %');
  expect(formatReading(21.43, { unit: 'dB' })).toBe('21.4 dB');
  expect(formatReading(Number.NaN, { unit: '%' })).toBe('NaN');
});
