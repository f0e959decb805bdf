import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { removeSelection } from '@/lib/edit/remove';
import { setParams, setSettings } from '@/lib/edit/set';
import { loadExample } from '@/lib/train/testing/train';
import { defaultName, sayDifferences } from './run-names';

const before = loadExample('ring');
const at = Date.UTC(2026, 10, 30, 12);
const run = (graph = before, more: object = {}) => ({ startedAt: at, graph: checkGraph(graph), ...more });

test('differences of graphs are said by the names that the canvas shows', () => {
  const after = setSettings(setParams(before, 'adam-g', { beta1: 0.4 }), { seed: 7 });
  const said = sayDifferences(checkGraph(before), checkGraph(after));
  expect(said).toEqual(['Seed: 1 → 7', 'Adam for G: β₁: 0.5 → 0.4']);
  const [layer] = before.nodes.filter(({ network }) => network !== undefined).slice(1);
  const less = removeSelection(before, { nodes: [layer?.id ?? ''], networks: [], wires: [] });
  expect(sayDifferences(checkGraph(before), checkGraph(less))[0]).toMatch(
    /^Removed: .+ in (Generator|Discriminator)$/,
  );
});

test('a run that nobody has named is called by what was changed, where it began, or when it was', () => {
  const changed = setSettings(setParams(before, 'adam-g', { beta1: 0.4 }), {
    seed: 7,
    batchSize: 32,
  });
  expect(defaultName(run(changed), run())).toBe('Seed 7, Batch size 32, 1 more');
  expect(defaultName(run(before, { parent: { iteration: 1_200 } }), run())).toBe('From iteration 1,200');
  expect(defaultName(run(setSettings(before, { iterations: 7 })), run())).toMatch(
    /^Run of \d+ \w{3}, \d\d:\d\d:\d\d$/,
  );
  expect(defaultName({ startedAt: at }, run())).toMatch(/^Run of /);
});
