import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { findExample } from '@/lib/examples/catalogue';
import { parseGraph } from '@/lib/graph/parse';
import { playerCurvesOf } from './players';

const labelsOf = (id: string) => {
  const parsed = parseGraph(findExample(id)?.document);
  if (!parsed.ok) throw new Error(`${id} does not parse`);
  return playerCurvesOf(checkGraph(parsed.graph)).map(({ label }) => label);
};

test('curves are named as networks are, in a block with the way there, no two alike', () => {
  expect(labelsOf('ring')).toEqual(['D', 'G']);
  expect(labelsOf('xy')).toEqual(['Player x', 'Player y']);
  expect(labelsOf('adversarial-flow')).toEqual([
    'First game › D',
    'First game › G',
    'Second game › D',
    'Second game › G',
  ]);
});
