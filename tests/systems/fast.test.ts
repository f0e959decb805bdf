import { expect, test } from 'vitest';
import { isRamp, rampSchema } from '@/lib/nodes/params';
import { registry } from '@/lib/nodes/registry';
import { loadExample } from '@/lib/train/testing/train';
import { readOptions } from './options';
import { systems } from './table';

/** What is trained where only minutes are to be spent, controls too. */
const nodes = readOptions([], systems, true).trainings.flatMap(({ system: { example, controls = {} } }) => {
  const graph = loadExample(example);
  const graphs = [graph, ...Object.values(controls).map(({ change }) => change(graph))];
  return graphs.flatMap((each) => [...each.nodes, ...each.blocks.flatMap((block) => block.nodes)]);
});

test('the fast systems train by every objective, optimizer and penalty', () => {
  const trained = new Set(nodes.map(({ kind }) => kind));
  const wanted = registry
    .filter(({ kind, role }) => role === 'optimizer' || /^loss-|-penalty$/.test(kind))
    .map(({ kind }) => kind);
  const untrained = wanted.filter((kind) => !trained.has(kind));
  expect(untrained).toEqual([]);
});

test('the fast systems train on every kind of schedule', () => {
  const ramps = nodes.flatMap(({ params }) => Object.values(params).filter(isRamp));
  expect(new Set(ramps.map((ramp) => rampSchema.parse(ramp).curve))).toEqual(
    new Set(['linear', 'cosine', 'step']),
  );
});
