import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { encodeNpz } from '@/lib/export/npz';
import { modelledExamples, modelledKinds, writtenModel } from '@/lib/export/onnx/testing/models';
import { hasPackages, python, script } from './python';

const hasRuntime = hasPackages('onnxruntime', 'numpy');

let engine: Engine;
let scratch: string;
beforeAll(async () => {
  engine = await startBackend('cpu', { stockKernels: true });
  scratch = mkdtempSync(join(tmpdir(), 'onnx-'));
});
afterAll(() => {
  engine.dispose();
  rmSync(scratch, { recursive: true });
});

test.skipIf(hasRuntime)(`is not tried: ${python} has no onnxruntime (set PYTHON to one that has)`, () => {});

describe.runIf(hasRuntime)('Python’s ONNX Runtime makes what we make', () => {
  test('of the examples, and of every kind that is written', { timeout: 240_000 }, async () => {
    const models = [...modelledExamples(), ...modelledKinds()].filter(({ refused }) => refused === undefined);
    for (const model of models) {
      const { bytes, fed, samples } = await writtenModel(engine.tf, model);
      writeFileSync(join(scratch, `${model.name}.onnx`), bytes);
      const arrays = Object.entries({ ...fed, samples }).map(
        ([name, { data, dims }]) => [name, { dims, values: data }] as const,
      );
      writeFileSync(join(scratch, `${model.name}.npz`), encodeNpz(new Map(arrays)));
    }
    const found = JSON.parse(execFileSync(python, [script('run_models.py'), scratch], { encoding: 'utf8' }));
    expect(Object.keys(found).sort()).toEqual(models.map(({ name }) => name).sort());
    for (const [name, difference] of Object.entries(found)) expect(difference, name).toBeLessThan(1e-5);
    const worst = Math.max(...Object.values<number>(found));
    process.stdout.write(
      `${models.length} models in ONNX Runtime: at most ${worst.toExponential(1)} apart\n`,
    );
  });
});
