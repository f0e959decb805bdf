import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { readData } from '@/lib/data/files/read-data';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { huggingFaceFiles } from '@/lib/export/huggingface';
import { torchFiles } from '@/lib/export/torch-files';
import { createHeadlessLoop } from '@/lib/train/headless';
import { loadExample } from '@/lib/train/testing/train';
import { hasTorch, python } from './python';

let engine: Engine;
let scratch: string;
beforeAll(async () => {
  engine = await startBackend('wasm');
  scratch = mkdtempSync(join(tmpdir(), 'huggingface-'));
});
afterAll(() => {
  engine.dispose();
  rmSync(scratch, { recursive: true });
});

describe.runIf(hasTorch)('a folder for Hugging Face', () => {
  test('makes samples by its own script, others by another seed', { timeout: 180_000 }, async () => {
    const graph = loadExample('gan-lab', { iterations: 3 });
    const empty = torchFiles(graph, undefined, 'model.safetensors');
    if (!empty.ok) throw new Error('it is written');
    const loop = createHeadlessLoop(engine.tf, empty.plan);
    await loop.play();
    const files = torchFiles(graph, await loop.checkpoint(), 'model.safetensors');
    if (!files.ok || !files.weights) throw new Error('it has weights');
    const { plan, script, weights } = files;
    const checked = checkGraph(graph);
    const metrics = { iteration: 3, values: await loop.measure() };
    loop.dispose();
    const folder = huggingFaceFiles({ graph, checked, plan, script, weights, iteration: 3, metrics });
    for (const [name, content] of Object.entries(folder)) writeFileSync(join(scratch, name), content);

    const made = async (seed: number) => {
      const out = join(scratch, `seed-${seed}`);
      execFileSync(python, [
        join(scratch, 'generate.py'),
        '--count',
        '7',
        '--seed',
        String(seed),
        '--out',
        out,
      ]);
      const name = 'samples.fake.npy';
      const { arrays } = await readData(name, [{ name, bytes: readFileSync(join(out, name)) }]);
      return arrays[0];
    };
    const [first, other] = [await made(3), await made(4)];
    expect(first?.dims).toEqual([7, 2]);
    expect(other?.values).not.toEqual(first?.values);
  });
});
