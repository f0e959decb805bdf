import { describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { setParams, setSettings } from '@/lib/edit/set';
import type { Graph } from '@/lib/graph/schema';
import { detectors, type Failure } from '@/lib/train/detectors/detectors';
import { loadExample, withParams } from '@/lib/train/testing/train';
import { curesOf } from './cures';

const failure = (detector: Failure['detector'], node: string): Failure => ({
  detector,
  node,
  iteration: 100,
  message: '',
});
/** A node of each sort that a failure is about. */
const subjects: Readonly<Record<Failure['detector'], string>> = {
  'mode-collapse': 'fake',
  'vanishing-gradient': 'adam-g',
  saturation: 'D',
  oscillation: 'fake',
  exploding: 'D',
  'dead-units': 'g-act-1',
  'not-finite': 'loss',
  copying: 'quality',
  'few-examples': 'g-act-1',
  'weak-judge': 'quality',
};
const curesIn = (graph: Graph, detector: Failure['detector']) =>
  curesOf(failure(detector, subjects[detector]), checkGraph(graph), graph);
const errorsIn = (graph: Graph) =>
  checkGraph(graph).diagnostics.filter(({ severity }) => severity === 'error');
const labels = (graph: Graph, detector: Failure['detector']) =>
  curesIn(graph, detector).map(({ label }) => label);

const ring = loadExample('ring');

describe.each(detectors.map(({ id }) => id))('%s', (id) => {
  test('has a change to offer, and each leaves a game that trains', () => {
    const graph = setSettings(withParams(ring, { data: { count: 100 } }), { batchSize: 4 });
    const cures = curesIn(graph, id);
    expect(cures.length).toBeGreaterThan(0);
    for (const { label, change } of cures) {
      const changed = change(graph);
      expect(changed, label).not.toEqual(graph);
      expect(errorsIn(changed), label).toEqual([]);
    }
  });
});

test('a penalty is added to D’s loss, and not twice', () => {
  const [cure] = curesIn(ring, 'mode-collapse').filter(({ label }) => label === 'Add an R1 penalty to D');
  const changed = cure?.change(ring) as Graph;
  const added = changed.nodes.filter(({ id }) => !ring.nodes.some((node) => node.id === id));
  expect(added.map(({ kind }) => kind).sort()).toEqual(['gradient-penalty', 'weighted-sum']);
  const [penalty, sum] = added.sort((a, b) => a.kind.localeCompare(b.kind));
  expect(changed.wires).toEqual(
    expect.arrayContaining([
      ['data.x', `${penalty?.id}.real`],
      [`${penalty?.id}.out`, `${sum?.id}.penalty`],
      [`${sum?.id}.out`, 'adam-d.loss'],
    ]),
  );
  expect(labels(changed, 'mode-collapse')).not.toContain('Add an R1 penalty to D');
});

test('rates fall with both ends of their ramps', () => {
  const [cure] = curesIn(ring, 'not-finite');
  const graph = cure?.change(ring);
  expect(graph?.nodes.find(({ id }) => id === 'adam-d')?.params).toMatchObject({
    learningRate: { from: 0.00001, to: 1e-7, curve: 'linear' },
    clipNorm: 1,
  });
});

test('what is so already is not offered', () => {
  expect(labels(ring, 'mode-collapse')).not.toContain('One step of G for one of D');
  expect(labels(setParams(ring, 'adam-g', { steps: 5 }), 'mode-collapse')[0]).toBe(
    'One step of G for one of D',
  );
  expect(labels(ring, 'vanishing-gradient')).not.toContain('Use the non-saturating loss');
});
