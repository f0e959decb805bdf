import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { BackendName } from '@/lib/engine/backend-name';
import type { Tensor, Tf } from '@/lib/nodes/define';
import type { Case } from '@/lib/nodes/testing/cases';
import { derivativesOf, errorsOf } from '@/lib/nodes/testing/derivatives';
import { defined } from '@/lib/util/assert';
import { comparedCases, type OptimizerCase, optimizerCases } from './cases';

/**
 * Every kind against PyTorch in double precision. The stored numbers come from the kinds' own PyTorch lines
 * (generate.py), so they prove what is exported as well as what is computed.
 */
interface Reference {
  readonly outputs: readonly (readonly number[])[];
  readonly first: readonly (readonly number[])[];
  readonly second: readonly (readonly number[])[];
  readonly steps: readonly (readonly number[])[];
}
type References = { readonly [id: string]: Partial<Reference> };

const folder = fileURLToPath(new URL('.', import.meta.url));
const read = (path: string): References => JSON.parse(readFileSync(path, 'utf8'));
const stored = read(join(folder, 'reference.json'));

/** Largest difference as a share of the largest number that is expected. */
function differenceOf(got: ArrayLike<number>, expected: readonly number[]): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(1e-3, ...expected.map(Math.abs));
  return Math.max(0, ...expected.map((value, i) => Math.abs((got[i] as number) - value) / scale));
}

test('every case has stored numbers, and no others are kept', () => {
  const ids = [...comparedCases().map(({ id }) => id), ...optimizerCases().map(({ torch }) => torch.id)];
  expect(Object.keys(stored).sort()).toEqual(ids.sort());
});

describe.each(['cpu', 'wasm'] as const)('on %s', (backend: BackendName) => {
  let tf: Tf;
  beforeAll(async () => {
    tf = (await startBackend(backend)).tf;
  });

  test.each(comparedCases().map((of): [string, Case] => [of.id, of]))('%s', (id, of) => {
    const expected = defined(stored[id], id);
    const errors = errorsOf(derivativesOf(tf, of), expected);
    expect(errors.filter(([, error]) => !(error < 1e-4))).toEqual([]);
  });

  test.each(optimizerCases().map((of): [string, OptimizerCase] => [of.torch.id, of]))('%s', (id, of) => {
    const { definition, params, torch } = of;
    tf.tidy(() => {
      let weights: Tensor = tf.tensor1d([...torch.start]);
      let slots = Object.fromEntries(definition.slots.map((slot) => [slot, tf.zerosLike(weights)]));
      torch.gradients.forEach((gradient, i) => {
        const args = { params, gradient: tf.tensor1d([...gradient]), theta: weights, slots, step: i + 1 };
        const moved = definition.direction(tf, args);
        weights = tf.sub(weights, moved.change);
        slots = { ...moved.slots };
        const expected = defined(stored[id]?.steps?.[i], `step ${i} of ${id}`);
        expect(differenceOf(weights.dataSync(), expected)).toBeLessThan(1e-5);
      });
    });
  });
});

const python = process.env.PYTHON ?? 'python3';
const hasTorch = spawnSync(python, ['-c', 'import torch']).status === 0;

describe('PyTorch itself', () => {
  test.skipIf(hasTorch)(`is not tried: ${python} has no torch (set PYTHON to one that has)`, () => {});

  test.runIf(hasTorch)(
    'still gives the stored numbers',
    () => {
      const scratch = mkdtempSync(join(tmpdir(), 'torch-'));
      try {
        const out = join(scratch, 'reference.json');
        execFileSync(python, [join(folder, 'generate.py'), out], { stdio: 'pipe' });
        const fresh = read(out);
        expect(Object.keys(fresh)).toEqual(Object.keys(stored));
        for (const [id, numbers] of Object.entries(fresh))
          for (const [what, lists] of Object.entries(numbers) as [keyof Reference, number[][]][])
            lists.forEach((list, i) => {
              const kept = defined(stored[id]?.[what]?.[i], `${id} ${what} ${i}`);
              expect(differenceOf(list, kept), `${id} ${what} ${i}`).toBeLessThan(1e-6);
            });
      } finally {
        rmSync(scratch, { recursive: true });
      }
    },
    120_000,
  );
});
