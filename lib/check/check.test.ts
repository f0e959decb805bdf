import { describe, expect, it } from 'vitest';
import { checkGraph } from './check';
import { largeGraph, ring, ringWith, sketch } from './testing/graphs';
import { penalised } from './testing/penalty-rows';

const dimsOf = (checked: ReturnType<typeof checkGraph>, id: string, port: string) =>
  checked.nodes.get(id)?.outputShapes.get(port)?.dims;

describe('shapes', () => {
  it('knows every tensor of the ring', () => {
    const checked = checkGraph(ring);
    expect(dimsOf(checked, 'fake', 'x')).toEqual([2]);
    expect(dimsOf(checked, 'd-real', 'score')).toEqual([1]);
    expect(dimsOf(checked, 'g-in', 'out')).toEqual([2]);
    checked.graph.wires.forEach(([from], index) => {
      const isTensor = !/^(loss\.[dg]|[GD]\.theta)$/.test(from);
      expect([from, checked.wireShapes[index] !== undefined]).toEqual([from, isTensor]);
    });
  });

  it('orders networks and game, ties as in the document', () => {
    const checked = checkGraph(ring);
    expect(checked.networks.get('G')?.order.slice(0, 3)).toEqual(['g-in', 'g-dense-1', 'g-act-1']);
    expect(checked.order.slice(0, 3)).toEqual(['z', 'data', 'fake']);
  });

  it('resolves cycles of calls: G(F(y)) and F(G(x)) from x and y', () => {
    const network = (id: string) => [
      { id: `${id}-in`, kind: 'network-input', network: id },
      { id: `${id}-dense`, kind: 'dense', network: id, params: { units: id === 'F' ? 3 : 5 } },
      { id: `${id}-out`, kind: 'network-output', network: id },
    ];
    const call = (id: string, of: string) => ({ id, kind: 'call', params: { network: of } });
    const inner = (id: string) => [`${id}-in.out > ${id}-dense.in`, `${id}-dense.out > ${id}-out.in`];
    const checked = checkGraph(
      sketch({
        networks: [{ id: 'F' }, { id: 'G' }],
        nodes: [
          ...network('F'),
          ...network('G'),
          call('fgx', 'F'),
          call('gx', 'G'),
          call('gfy', 'G'),
          call('fy', 'F'),
          { id: 'y', kind: 'latent', params: { shape: [5] } },
          { id: 'see', kind: 'view-values' },
        ],
        // Only y is wired: G learns of its input by F's output alone.
        wires: [
          ...inner('F'),
          ...inner('G'),
          'y.out > fy.x',
          'fy.out > gfy.x',
          'gfy.out > fgx.x',
          'fgx.out > see.in',
        ],
      }),
    );
    expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(checked.networks.get('G')?.inputShapes.get('x')?.dims).toEqual([3]);
    expect(dimsOf(checked, 'fgx', 'out')).toEqual([3]);
    expect(dimsOf(checked, 'gx', 'out')).toEqual([5]); // Not wired, but known from elsewhere.
  });

  it('falls back to the input’s own shape while no call gives one, and prefers the calls', () => {
    const unwired = {
      unwire: ['z.out > fake.z', 'z.out > ema.z', 'ema.x > samples.fake', 'ema.x > quality.samples'],
    };
    const own = { 'g-in': { shape: [7] } };
    expect(
      checkGraph(ringWith({ ...unwired, params: own }))
        .networks.get('G')
        ?.inputShapes.get('z')?.dims,
    ).toEqual([7]);
    expect(
      checkGraph(ringWith({ params: own }))
        .networks.get('G')
        ?.inputShapes.get('z')?.dims,
    ).toEqual([2]);
  });

  it('passes the input of a bypassed node on, and counts no parameters for it', () => {
    const checked = checkGraph(ringWith({ states: { 'g-dense-2': 'bypassed' } }));
    expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(checked.networks.get('G')?.parameters).toBe(33_666 - (128 * 128 + 128));
  });
});

describe('a loss that applies a network', () => {
  const alone = sketch({
    networks: [{ id: 'D' }],
    nodes: [
      { id: 'data', kind: 'dataset', params: { source: 'ring' } },
      { id: 'penalty', kind: 'gradient-penalty', params: { network: 'D', at: 'real' } },
      { id: 'sgd', kind: 'sgd' },
      { id: 'in', kind: 'network-input', network: 'D', params: { shape: [2] } },
      { id: 'dense', kind: 'dense', network: 'D', params: { units: 1 } },
      { id: 'out', kind: 'network-output', network: 'D' },
    ],
    wires: [
      'in.out > dense.in',
      'dense.out > out.in',
      'data.x > penalty.real',
      'penalty.out > sgd.loss',
      'D.theta > sgd.theta',
    ],
  });

  it('uses it and depends on its θ, without a call', () => {
    const { diagnostics, active } = checkGraph(alone);
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(active).toContain('D');
  });

  it('depends on no other θ', () => {
    const other = {
      ...alone,
      networks: [...alone.networks, { ...alone.networks[0], id: 'E' }],
    } as typeof alone;
    const wires = alone.wires.map((wire) => (wire[0] === 'D.theta' ? (['E.theta', wire[1]] as const) : wire));
    const codes = checkGraph({ ...other, wires }).diagnostics.map(({ code }) => code);
    expect(codes).toContain('loss-no-theta');
  });
});

describe('cost', () => {
  it('counts parameters and multiply-adds of the ring', () => {
    const { cost, networks } = checkGraph(ring);
    // 2·128 + 128, twice 128·128 + 128, then 128·2 + 2 and 128·1 + 1
    expect(networks.get('G')?.parameters).toBe(384 + 2 * 16_512 + 258);
    expect(networks.get('D')?.parameters).toBe(384 + 2 * 16_512 + 129);
    expect(cost.parameters).toBe(33_666 + 33_537);
    const g = networks.get('G')?.multiplyAdds ?? 0;
    const d = networks.get('D')?.multiplyAdds ?? 0;
    expect(g).toBeGreaterThanOrEqual(2 * 128 + 2 * 128 * 128 + 128 * 2);
    // D: forward G, D, D; back twice through both D. G: forward G, D; back twice through G, once through D.
    expect(cost.multiplyAdds).toBe(256 * (g + 2 * d + 4 * d + (g + d + 2 * g + d)));
  });

  it('counts a gradient penalty: forward and back to the input, and twice that to differentiate it', () => {
    const { cost, diagnostics, networks } = checkGraph(penalised({}));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const d = networks.get('D')?.multiplyAdds ?? 0;
    expect(cost.multiplyAdds - checkGraph(ring).cost.multiplyAdds).toBe(256 * (2 * d + 4 * d));
  });

  it('grows with steps and batch', () => {
    const base = checkGraph(ring).cost;
    const steps = checkGraph(ringWith({ params: { 'adam-d': { steps: 5 } } })).cost;
    const batch = checkGraph(ringWith({ settings: { batchSize: 512 } })).cost;
    expect(batch.multiplyAdds).toBe(2 * base.multiplyAdds);
    expect(steps.multiplyAdds).toBeGreaterThan(2 * base.multiplyAdds);
    expect(batch.bytes).toBeGreaterThan(base.bytes);
    expect(base.bytes).toBeGreaterThan(4 * base.parameters * 4); // weights, gradient, two moments
  });
});

describe('time', () => {
  it('checks 1,000 nodes in under 30 ms', () => {
    const graph = largeGraph(1_000);
    expect(graph.nodes.length).toBeGreaterThan(950);
    expect(checkGraph(graph).networks.get('n9')?.outputShapes.get('out')?.dims).toEqual([8]);
    // Processor time, so that other work on the machine is not measured.
    const timed = (fresh: typeof graph) => {
      const before = process.cpuUsage();
      checkGraph(fresh);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    const clones = () => Array.from({ length: 21 }, () => structuredClone(graph));
    for (const fresh of clones()) checkGraph(fresh);
    const times = clones()
      .map(timed)
      .sort((a, b) => a - b);
    // The first quartile: a neighbour on the same core only adds.
    expect(times[5]).toBeLessThan(30);
  });
});
