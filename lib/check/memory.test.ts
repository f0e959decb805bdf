import { describe, expect, it } from 'vitest';
import { checkGraph } from './check';
import { bytesAt, largestBatch, memoryProblem } from './memory';
import { ring, ringWith, type Sketch, sketch } from './testing/graphs';

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

describe('what a game holds besides its players', () => {
  const added = (nodes: object[], wires: [string, string][]) =>
    checkGraph({
      ...ring,
      nodes: [...ring.nodes, ...nodes.map((node) => ({ params: {}, ...node }))],
      wires: [...ring.wires.filter(([, to]) => !wires.some((wire) => wire[1] === to)), ...wires],
    } as typeof ring);
  const { parameters, memory, multiplyAdds } = costOf(ring);

  it('is slow weights beside all weights that Lookahead draws back, and room to follow it', () => {
    const at = [0, 0];
    const { cost } = added(
      [{ id: 'back', kind: 'lookahead', at }],
      [
        ['G.theta', 'back.theta'],
        ['D.theta', 'back.theta'],
      ],
    );
    expect(cost.memory.base - memory.base).toBe(3 * 4 * parameters);
    expect(cost.memory.moments).toContainEqual({ fixed: 5 * 4 * parameters, perRow: 0 });
  });

  it('is a pass over all cells at which a metric probes a network', () => {
    const game = (metrics: Sketch['nodes']) =>
      sketch({
        networks: [{ id: 'D' }],
        nodes: [
          { id: 'p', kind: 'dataset', params: { source: 'gaussian' } },
          { id: 'q', kind: 'dataset', params: { source: 'bimodal' } },
          { id: 'call', kind: 'call', params: { network: 'D' } },
          { id: 'mean', kind: 'mean' },
          { id: 'sgd', kind: 'sgd' },
          { id: 'in', kind: 'network-input', network: 'D' },
          { id: 'wide', kind: 'dense', network: 'D', params: { units: 128 } },
          { id: 'one', kind: 'dense', network: 'D', params: { units: 1 } },
          { id: 'out', kind: 'network-output', network: 'D' },
          ...metrics,
        ],
        wires: [
          'in.out > wide.in',
          'wide.out > one.in',
          'one.out > out.in',
          'p.x > call.x',
          'call.out > mean.in',
          'mean.out > sgd.loss',
          'D.theta > sgd.theta',
        ],
      });
    const probed = (metrics: Sketch['nodes']) =>
      Math.max(...costOf(game(metrics)).memory.moments.map(({ fixed }) => fixed));
    const bound = { id: 'bound', kind: 'metric-bound', params: { network: 'D', p: 'p', q: 'q' } };
    expect(probed([bound])).toBeGreaterThan(4_000 * 4 * 128);
    expect(probed([])).toBeLessThan(4_000 * 4);
  });

  it('is one pass of a network that is searched, and the work of all of them', () => {
    const at = [0, 0];
    const cost = (steps: number) =>
      added(
        [
          { id: 'near', kind: 'project', at, params: { network: 'G', steps } },
          { id: 'apart', kind: 'mean-squared-error', at },
          { id: 'sum', kind: 'weighted-sum', at, params: { terms: { gan: 1, near: 1 } } },
        ],
        [
          ['data.x', 'near.target'],
          ['near.x', 'apart.a'],
          ['fake.x', 'apart.b'],
          ['apart.out', 'sum.near'],
          ['loss.g', 'sum.gan'],
          ['sum.out', 'adam-g.loss'],
        ],
      ).cost;
    expect(cost(20).memory).toEqual(cost(200).memory);
    expect(cost(20).multiplyAdds).toBeGreaterThan(multiplyAdds);
    expect(cost(200).multiplyAdds - cost(20).multiplyAdds).toBeGreaterThan(
      8 * (cost(20).multiplyAdds - multiplyAdds),
    );
  });
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
