import { describe, expect, it } from 'vitest';
import { checkGraph } from './check';
import { bytesAt, largestBatch, memoryProblem } from './memory';
import { ring, ringWith } from './testing/graphs';

const MB = 1e6;
const costOf = (graph: typeof ring) => checkGraph(graph).cost;
const withBatch = (batchSize: number) => ringWith({ settings: { batchSize } });

describe('the memory of a game', () => {
  it('is the same whether a batch is set or asked for', () => {
    const { memory } = costOf(ring);
    for (const batchSize of [1, 7, 64, 4000])
      expect(bytesAt(memory, batchSize)).toBe(costOf(withBatch(batchSize)).bytes);
  });

  it('holds a network with an average for longer, and a larger one', () => {
    const plain = ringWith({ networks: (all) => all.map(({ ema: _, ...network }) => network) });
    expect(costOf(plain).bytes).toBeLessThan(costOf(ring).bytes);
    expect(costOf(ringWith({ params: { 'g-dense-2': { units: 512 } } })).bytes).toBeGreaterThan(
      costOf(ring).bytes,
    );
  });

  it.each([20, 100, 300, 1000])(
    'is held by the largest batch that fits into %i MB, and by no larger one',
    (limit) => {
      const { memory } = costOf(withBatch(65_536));
      const rows = largestBatch(memory, 65_536, limit * MB);
      expect(rows).toBeGreaterThan(0);
      expect(bytesAt(memory, rows)).toBeLessThanOrEqual(limit * MB);
      expect(bytesAt(memory, rows + 1)).toBeGreaterThan(limit * MB);
    },
  );
});

describe('a game that does not fit', () => {
  it('says how much it takes, how much there is, and which batch would fit', () => {
    const { memory } = costOf(withBatch(65_536));
    const problem = memoryProblem(memory, 65_536, 300 * MB, 'WebGL here');
    expect(problem).toMatchObject({ code: 'memory-too-large', severity: 'error' });
    expect(problem?.message).toMatch(/about \d\.\d+ GB of memory; WebGL here has at most 0\.30 GB/);
    const rows = largestBatch(memory, 65_536, 300 * MB);
    expect(problem?.hint).toContain(`A batch of ${rows} would fit, instead of 65536`);
  });

  it('says so where no batch would', () => {
    const { memory } = costOf(ring);
    expect(memoryProblem(memory, 256, memory.base, 'WASM')?.hint).toContain('Not even a batch of 1');
  });

  it('is nobody’s business where it fits', () => {
    const { memory, bytes } = costOf(ring);
    expect(memoryProblem(memory, 256, bytes, 'WASM')).toBeUndefined();
  });
});
