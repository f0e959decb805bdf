import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { ring, ringWith } from '@/lib/check/testing/graphs';
import { bestWire, meaningOf } from './best-port';
import type { PortEnd } from './edited';

const out = (id: string, port: string): PortEnd => ({ id, port, side: 'output' });
const open = checkGraph(
  ringWith({ unwire: ['d-fake.score > loss.fake', 'd-real.score > loss.real', 'fake.x > samples.fake'] }),
);

test.each([
  ['data', 'x', 'real'],
  ['d-real', 'score', 'real'],
  ['fake', 'x', 'fake'],
  ['d-fake', 'score', 'fake'],
  ['z', 'out', undefined],
] as const)('%s.%s is %s', (id, port, meaning) => {
  expect(meaningOf(open, { id, port })).toBe(meaning);
});

test.each([
  ['d-fake.score', 'loss.fake'],
  ['d-real.score', 'loss.real'],
])('%s goes to %s, whichever comes first', (from, to) => {
  const [id = '', port = ''] = from.split('.');
  expect(bestWire(open, out(id, port), 'loss')).toEqual([from, to]);
});

test('a wired port is given up only where no other fits as well', () => {
  expect(bestWire(checkGraph(ring), out('d-fake', 'score'), 'loss')).toEqual(['d-fake.score', 'loss.fake']);
  const half = checkGraph(ringWith({ unwire: ['z.out > fake.z'] }));
  expect(bestWire(half, out('z', 'out'), 'fake')).toEqual(['z.out', 'fake.z']);
});

test('a good wire is not given up for a wrong one', () => {
  expect(bestWire(checkGraph(ring), out('data', 'x'), 'loss')).toBeUndefined();
});

test('from an input, the output that fits is found', () => {
  expect(bestWire(open, { id: 'adam-g', port: 'loss', side: 'input' }, 'loss')?.[1]).toBe('adam-g.loss');
  expect(bestWire(open, { id: 'adam-g', port: 'loss', side: 'input' }, 'data')).toBeUndefined();
});
