import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import ring from '@/lib/examples/ring.json';
import type { Graph } from '@/lib/graph/schema';
import { type Checkpoint, fingerprint } from '@/lib/train/checkpoint';
import { decodeSafetensors } from './safetensors';
import { stateEntriesOf } from './state-entries';
import { torchFiles } from './torch-files';

const graph: Graph = (() => {
  const parsed = parseDocumentValue(ring);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.graph;
})();
const plan = compilePlan(checkGraph(graph));

const checkpoint = (changes: Partial<Checkpoint> = {}): Checkpoint => ({
  fingerprint: fingerprint(plan),
  counters: { iteration: 1, updates: 2 },
  edits: [],
  data: {
    arrays: new Map(
      stateEntriesOf(plan).map(({ group, key, dims }) => [
        `${group}/${key}`,
        { shape: dims, values: new Float32Array(dims.reduce((product, dim) => product * dim, 1)).fill(0.5) },
      ]),
    ),
    steps: {},
  },
  ...changes,
});

test('a game alone is one file', () => {
  const files = torchFiles(graph, undefined, 'ring.safetensors');
  expect(files).toMatchObject({ ok: true, script: expect.stringContaining('WEIGHTS = None') });
  expect(files).not.toHaveProperty('weights');
});

test('the weights of a run come beside it', () => {
  const files = torchFiles(graph, checkpoint(), 'ring.safetensors');
  if (!files.ok || !files.weights) throw new Error('no weights');
  expect(files.script).toContain('WEIGHTS = "ring.safetensors"');
  const decoded = decodeSafetensors(files.weights);
  expect(decoded.ok && [...decoded.tensors.keys()].sort()).toEqual(
    stateEntriesOf(plan)
      .map(({ name }) => name)
      .sort(),
  );
});

test('those of another game do not', () => {
  expect(torchFiles(graph, checkpoint({ fingerprint: 'other' }), 'ring.safetensors')).not.toHaveProperty(
    'weights',
  );
});

test('a graph with errors is refused', () => {
  const broken = { ...graph, wires: graph.wires.filter(([, to]) => to !== 'fake.z') };
  const files = torchFiles(broken, undefined, '');
  expect(files.ok ? [] : files.diagnostics.map(({ severity }) => severity)).toContain('error');
});
