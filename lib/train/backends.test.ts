import { expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { BackendName } from '@/lib/engine/backend-name';
import { loadExample, planOf, record } from './testing/train';

async function weightsAfterOne(backend: BackendName, example: string): Promise<Map<string, Float32Array>> {
  const engine = await startBackend(backend);
  const { loop } = record(engine.tf, planOf(loadExample(example, { batchSize: 8 })));
  const start = await loop.game.readState();
  await loop.step();
  const end = await loop.game.readState();
  loop.dispose();
  engine.dispose();
  const weights = [...end.arrays].filter(([name]) => name.startsWith('weights/'));
  return new Map(
    weights.map(([name, { values }]) => [
      name,
      values.map((v, i) => v - (start.arrays.get(name)?.values[i] ?? 0)),
    ]),
  );
}

// Adam is left out: its first step is the sign of the gradient, which rounding decides where that is near zero.
test.each(['gan-lab', 'gaussian-1d'])(
  'I9 %s: the first update agrees across backends to 1e-5',
  async (example) => {
    const wasm = await weightsAfterOne('wasm', example);
    const cpu = await weightsAfterOne('cpu', example);
    let largest = 0;
    for (const [name, change] of wasm)
      change.forEach((value, i) => {
        largest = Math.max(largest, Math.abs(value));
        expect(Math.abs(value - (cpu.get(name)?.[i] ?? Number.NaN)), name).toBeLessThan(1e-5);
      });
    expect(largest).toBeGreaterThan(1e-3);
  },
);
