import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { dims, liveParam, param, scheduled } from '@/lib/nodes/params';
import { registry } from '@/lib/nodes/registry';
import { describeField, describeFields, findFault, formatRange } from './describe-field';

const meta = { label: 'Label', help: 'Help.' };
const rangeText = (schema: z.ZodType) => {
  const { control } = describeField('x', param(schema, meta));
  return control.type === 'number' ? formatRange(control) : undefined;
};

describe('limits of a number', () => {
  test.each([
    [z.int().min(1).max(16_384).default(64), '1 … 16,384'],
    [z.number().min(0).max(1).default(0), '0 … 1'],
    [z.number().gt(0).max(1).default(0.5), '0 < … ≤ 1'],
    [z.number().min(0).lt(1).default(0.5), '0 ≤ … < 1'],
    [z.number().gt(0).default(0.5), '> 0'],
    [z.int().default(0), 'a whole number'],
    [z.number().default(0), 'a number'],
  ])('%#: %s', (schema, text) => {
    expect(rangeText(schema)).toBe(text);
  });
});

test('a live number takes a ramp, a plain one does not', () => {
  const live = describeField('rate', liveParam(z.number().min(0).max(10), 0.1, meta));
  expect(live.control).toMatchObject({ type: 'number', scheduled: true, min: 0, max: 10 });
  expect(live.fallback).toBe(0.1);
  expect(findFault(live, { from: 1, to: 0 })).toBeUndefined();
  expect(findFault(live, { from: 11, to: 0 })).toBe('0 … 10');
});

test('null is allowed where the schema says so', () => {
  const field = describeField('count', param(z.int().min(1).nullable().default(null), meta));
  expect(field).toMatchObject({ nullable: true, fallback: null });
  expect(findFault(field, null)).toBeUndefined();
  expect(findFault(field, 0)).toBe('Whole, ≥ 1');
});

test('live numbers by name are terms, each with the limits of the number', () => {
  const weights = z.record(z.string(), scheduled(z.number().min(-1).max(1))).default({ a: 1 });
  const terms = describeField('terms', param(weights, { ...meta, live: true }));
  expect(terms.control).toMatchObject({ type: 'terms', range: { scheduled: true, min: -1, max: 1 } });
  expect(findFault(terms, { a: 2 })).toBeDefined();
});

test('dims, choices, switches and text have controls of their own; the rest is JSON', () => {
  const type = (schema: z.ZodType) => describeField('x', param(schema, meta)).control.type;
  expect(type(dims.default([2]))).toBe('dims');
  expect(type(z.enum(['a', 'b']).default('a'))).toBe('choice');
  expect(type(z.union([z.enum(['a', 'b']), z.string().regex(/^import:/)]).default('a'))).toBe('choice');
  expect(type(z.boolean().default(true))).toBe('switch');
  expect(type(z.string().default(''))).toBe('text');
  expect(type(z.record(z.string(), z.json()).default({}))).toBe('json');
});

test.each(registry.map((definition) => [definition.kind, definition] as const))(
  'every parameter of %s is described, and its default is no fault',
  (_, definition) => {
    for (const field of describeFields(definition.params)) {
      expect(field.meta.label).not.toBe('');
      expect(findFault(field, field.fallback)).toBeUndefined();
    }
  },
);
