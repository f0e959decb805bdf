import { expect, test } from 'vitest';
import { cardSize } from '@/lib/layout/geometry';
import { registry } from '@/lib/nodes/registry';
import { defined } from '@/lib/util/assert';
import { checkGraph } from './check';
import { cardReadings, countCardReadings, readingsOf } from './readings';
import { exampleGraph, ringWith } from './testing/graphs';

const ring = checkGraph(ringWith({ nodes: [], wires: [] }));
const followed = checkGraph(
  ringWith({
    nodes: [{ id: 'scores', kind: 'metric-value' }],
    wires: ['d-real.score > scores.in', 'd-fake.score > scores.in', 'loss.g > scores.in'],
  }),
);

test('what can be reached is read off the data set that a metric names', () => {
  const modes = [...ring.nodes.values()].find(({ definition }) => definition?.kind === 'metric-modes');
  expect(readingsOf(defined(modes, 'modes'), ring)[0]).toMatchObject({ label: 'Modes reached', total: 8 });
});

test('of known modes no classifier judges, and where one does no quality is given', () => {
  const labels = (id: string, kind: string) => {
    const checked = checkGraph(exampleGraph(id));
    const metric = [...checked.nodes.values()].find(({ node }) => node.kind === kind);
    return readingsOf(defined(metric, kind), checked).map(({ label }) => label);
  };
  expect(labels('ring', 'metric-modes')).toContain('High quality');
  expect(labels('ring', 'metric-modes')).not.toContain('Error of the classifier');
  expect(labels('ac-gan-glyphs', 'metric-labels')).toEqual([
    'Agreement',
    'Mutual information',
    'Error of the classifier',
  ]);
});

test('a metric of several wires reads all of them, each by its name; its card the first number of each', () => {
  const scores = defined(followed.nodes.get('scores'), 'scores');
  const readings = readingsOf(scores, followed);
  expect(readings).toHaveLength(15);
  expect(readings.map(({ series, label }) => `${series}: ${label}`)).toEqual(
    expect.arrayContaining(['scores.mean: Mean of D(x)', 'scores.sd2: Standard deviation of D(G(z))']),
  );
  expect(cardReadings(scores, followed).map(({ short }) => short)).toEqual([
    'D(x)',
    'D(G(z))',
    'g of Non-saturating',
  ]);
  expect(countCardReadings(scores)).toBe(3);
});

/** In DejaVu Sans at 12 px, the widest of the canvas' fonts: an average letter, and a bold figure. */
const [LETTER, FIGURE] = [6.5, 7.6];
/** The longest that a number gets with its unit. */
const longest = (unit: string | undefined) => `-1.23e-4${unit ? ` ${unit}` : ''}`.length;

test.each(registry.flatMap((definition) => (definition.role === 'metric' ? [definition] : [])))(
  '$kind has room for its longest name beside its longest number',
  ({ role, results }) => {
    const { width } = cardSize({ role, inNetwork: false, inputs: [], outputs: [] });
    for (const { short, label, unit } of results as readonly {
      short?: string;
      label: string;
      unit?: string;
    }[])
      expect(LETTER * (short ?? label).length + 6 + FIGURE * longest(unit), label).toBeLessThan(width - 21);
  },
);
