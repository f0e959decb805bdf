import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { createGame } from '@/lib/compile/tf/game';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { torchDims } from '@/lib/export/layout';
import { decodeSafetensors } from '@/lib/export/safetensors';
import { stateEntriesOf } from '@/lib/export/state-entries';
import { encodeTyped } from '@/lib/export/testing/typed-file';
import { toTorch } from '@/lib/export/torch/to-torch';
import { openWeightsFile } from '@/lib/export/weights-file';
import type { Graph } from '@/lib/graph/schema';
import { defined } from '@/lib/util/assert';

/** Files of weights that PyTorch wrote: what they open to computes here what it computes there. */
const python = process.env.PYTHON ?? 'python3';
const hasTorch = spawnSync(python, ['-c', 'import torch, numpy']).status === 0;
const script = fileURLToPath(new URL('weights.py', import.meta.url));
const ROWS = 5;

/** The generator of PyTorch's DCGAN example, applied in eval mode, and a player that holds it. */
const graph: Graph = (() => {
  const norm = ['batch-norm', { epsilon: 1e-5, momentum: 0.9 }] as const;
  const chain = [
    ['network-input', { name: 'z' }],
    ['reshape', { shape: [1, 1, 6] }],
    ['conv2d-transpose', { filters: 8, strides: 1, padding: 'valid', useBias: false }],
    norm,
    ['relu'],
    ['conv2d-transpose', { filters: 4, useBias: false }],
    norm,
    ['relu'],
    ['conv2d-transpose', { filters: 1, useBias: false }],
    ['tanh'],
    ['network-output', { name: 'x' }],
  ] as const;
  const parsed = parseDocumentValue({
    format: 'ganvas',
    version: 1,
    title: 'DCGAN',
    networks: [{ id: 'G', name: 'Generator', color: 'blue', at: [0, 0], size: [400, 300] }],
    nodes: [
      { id: 'z', kind: 'latent', at: [0, 0], params: { shape: [6] } },
      { id: 'fake', kind: 'call', at: [0, 0], params: { network: 'G' } },
      { id: 'still', kind: 'call', at: [0, 0], params: { network: 'G', mode: 'eval' } },
      { id: 'loss', kind: 'mean', at: [0, 0] },
      { id: 'sgd', kind: 'sgd', at: [0, 0] },
      { id: 'shown', kind: 'view-samples', at: [0, 0] },
      ...chain.map(([kind, params], i) => ({ id: `g-${i}`, kind, network: 'G', at: [0, 0], params })),
    ],
    wires: [
      ['z.out', 'fake.z'],
      ['z.out', 'still.z'],
      ['still.x', 'shown.fake'],
      ['fake.x', 'loss.in'],
      ['loss.out', 'sgd.loss'],
      ['G.theta', 'sgd.theta'],
      ...chain.slice(1).map((_, i) => [`g-${i}.out`, `g-${i + 1}.in`]),
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.graph;
})();

test.skipIf(hasTorch)(`is not tried: ${python} has no torch (set PYTHON to one that has)`, () => {});

describe.runIf(hasTorch)('the generator of PyTorch’s DCGAN example', () => {
  let engine: Engine;
  let scratch: string;
  let expected: Readonly<Record<string, readonly number[]>>;
  const read = async (bytes: Uint8Array | undefined, port: string): Promise<Float32Array> => {
    const game = createGame(engine.tf, compilePlan(checkGraph(graph)));
    try {
      if (bytes) {
        const opened = openWeightsFile(bytes, graph);
        if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
        expect(opened).toMatchObject({ fitted: 11, wanted: 11 });
        game.writeState(opened.checkpoint.data);
      }
      const [node = '', name = ''] = port.split('.');
      const found = await game.read([{ node, port: name }], ROWS);
      return defined(found.get(port), port).data as Float32Array;
    } finally {
      game.dispose();
    }
  };
  beforeAll(async () => {
    engine = await startBackend('wasm');
    scratch = mkdtempSync(join(tmpdir(), 'weights-'));
    const z = await read(undefined, 'z.out');
    const rows = Array.from({ length: ROWS }, (_, row) => [...z.subarray(6 * row, 6 * row + 6)]);
    expected = JSON.parse(
      execFileSync(python, [script, scratch], { input: JSON.stringify(rows), encoding: 'utf8' }),
    );
  }, 120_000);
  afterAll(() => {
    engine?.dispose();
    if (scratch) rmSync(scratch, { recursive: true });
  });

  test.each([
    'netG-F32.safetensors',
    'netG-F64.safetensors',
    'netG-F16.safetensors',
    'netG-BF16.safetensors',
    'netG.pth',
    'wrapped.pth',
    'checkpoint.pt',
    'views.pth',
    'parameters.pth',
  ])('computes here what %s computes there', async (file) => {
    const ours = await read(readFileSync(join(scratch, file)), 'still.x');
    const theirs = defined(expected[file], file);
    expect(ours).toHaveLength(theirs.length);
    expect(Math.max(...theirs.map((value, i) => Math.abs(value - (ours[i] as number))))).toBeLessThan(1e-5);
    expect(Math.max(...theirs) - Math.min(...theirs)).toBeGreaterThan(0.01);
  });

  test.each(['F64', 'BF16'] as const)(
    'its exported file starts from %s, behind other names',
    (type) => {
      const plan = compilePlan(checkGraph(graph));
      const written = toTorch(plan, { title: 'DCGAN', about: '' });
      if (!written.ok) throw new Error(JSON.stringify(written.diagnostics));
      const [game, weights, out] = ['game.py', `${type}.safetensors`, 'out'].map((name) =>
        join(scratch, name),
      ) as [string, string, string];
      writeFileSync(game, written.text);
      // Whole numbers, which both types hold exactly.
      const tensors = new Map(
        stateEntriesOf(plan).map((place, i) => {
          const dims = torchDims(place);
          const size = dims.reduce((product, dim) => product * dim, 1);
          return [
            place.name,
            { dims, values: Float32Array.from({ length: size }, (_, at) => (i * 7 + at) % 100) },
          ];
        }),
      );
      writeFileSync(weights, encodeTyped(tensors, { type, start: 'module.' }));
      const said = execFileSync(python, [game, '--iterations', '0', '--weights', weights, '--out', out], {
        encoding: 'utf8',
      });
      expect(said).toContain(`${type} became float32.`);
      expect(said).toContain('"module." before the names was left out.');
      const kept = decodeSafetensors(readFileSync(join(out, 'weights.safetensors')));
      expect(kept.ok && kept.tensors).toEqual(tensors);
    },
    60_000,
  );

  test.each([
    ['model.pth', /operation 129|state_dict/],
    ['old.pth', /before 1\.6/],
  ])('is refused with a reason in %s', (file, reason) => {
    const opened = openWeightsFile(readFileSync(join(scratch, file)), graph);
    expect(opened).toMatchObject({ ok: false, diagnostics: [{ message: expect.stringMatching(reason) }] });
  });
});
