import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import ringJson from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import { registry } from '@/lib/nodes/registry';
import { entriesFor } from './entries';
import { fuzzyScore } from './score';

const parsed = parseGraph(ringJson);
if (!parsed.ok) throw new Error('ring.json does not parse');
const checked = checkGraph(parsed.graph);
const kinds = (entries: ReturnType<typeof entriesFor>) => entries.map(({ kind }) => kind);

test('every kind is there, and a call for each network', () => {
  const entries = entriesFor(checked, {});
  expect(new Set(kinds(entries))).toEqual(new Set(registry.map(({ kind }) => kind)));
  expect(entries.filter(({ kind }) => kind === 'call').map(({ title }) => title)).toEqual(['G(·)', 'D(·)']);
  expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
});

test('from a loss output only what takes a loss is offered', () => {
  const entries = entriesFor(checked, { place: null, from: { id: 'loss', port: 'd', side: 'output' } });
  const optimizers = registry.filter(({ role }) => role === 'optimizer').map(({ kind }) => kind);
  expect(kinds(entries)).toEqual([...optimizers, 'weighted-sum']);
});

test('from a layer only what stands in a network is offered', () => {
  const entries = entriesFor(checked, {
    place: 'G',
    from: { id: 'g-dense-1', port: 'out', side: 'output' },
  });
  expect(kinds(entries)).toContain('tanh');
  expect(kinds(entries)).not.toContain('loss-minimax');
});

test.each([
  ['Dense dense', 'dense', [], 1],
  ['Dense dense', 'den', [], 0.95],
  ['Leaky ReLU leaky-relu', 'relu', [], 0.9],
  ['Dense dense', 'linear', ['linear'], 0.8],
  ['Dense dense', 'fully con', ['fully connected'], 0.6],
  ['Dense dense', 'zebra', ['linear'], 0],
  ['Dense dense', 'den zebra', [], 0],
])('%s is found by "%s" with %j: %d', (value, search, keywords, score) => {
  expect(fuzzyScore(value, search, keywords)).toBe(score);
});

const first = (id: string, port: string, place: string | null) =>
  entriesFor(checked, { place, from: { id, port, side: 'output' } })[0];

test.each([
  ['z', 'out', null, 'G(·)'],
  ['fake', 'x', null, 'D(·)'],
  ['data', 'x', null, 'D(·)'],
] as const)('what usually follows %s.%s comes first: %s', (id, port, place, title) => {
  expect(first(id, port, place)?.title).toBe(title);
});

test('a score is followed by losses, a loss by optimizers, a layer by an activation and the other way round', () => {
  const roleOf = (entry: ReturnType<typeof first>) =>
    registry.find(({ kind }) => kind === entry?.kind)?.role ?? '';
  expect(roleOf(first('d-fake', 'score', null))).toBe('loss');
  expect(roleOf(first('loss', 'd', null))).toBe('optimizer');
  expect(first('g-dense-1', 'out', 'G')?.category).toBe('Activations');
  expect(first('g-act-1', 'out', 'G')?.kind).toBe('dense');
});
