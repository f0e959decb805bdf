import { beforeAll, describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { type Sketch, sketch } from '@/lib/check/testing/graphs';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { toTorch } from '@/lib/export/torch/to-torch';
import { searchInput } from '@/lib/nodes/network/search-input';
import { compilePlan } from '../compile';
import { createGame } from './game';

/** Looking for the input of a generator: row 31 of the systems, as far as it needs no training. */
let engine: Engine;
beforeAll(async () => {
  engine = await startBackend('wasm');
});

const TRIALS = 100;

/** G: a smooth random network 2 → 32 → 32 → 32; E gives the true input, a little off. */
const game = (params: object, more: Partial<Sketch> = {}): Sketch => ({
  settings: { batchSize: 4 },
  networks: [{ id: 'G' }],
  nodes: [
    { id: 'z', kind: 'latent', params: { shape: [2] } },
    { id: 'far', kind: 'gaussian-noise', params: { sd: 0.3 } },
    { id: 'made', kind: 'call', params: { network: 'G' } },
    { id: 'project', kind: 'project', params: { network: 'G', ...params } },
    { id: 'in', kind: 'network-input', network: 'G', params: { name: 'z' } },
    { id: 'd1', kind: 'dense', network: 'G', params: { units: 32 } },
    { id: 't1', kind: 'tanh', network: 'G' },
    { id: 'd2', kind: 'dense', network: 'G', params: { units: 32 } },
    { id: 't2', kind: 'tanh', network: 'G' },
    { id: 'd3', kind: 'dense', network: 'G', params: { units: 32 } },
    { id: 'out', kind: 'network-output', network: 'G', params: { name: 'x' } },
    { id: 'v', kind: 'view-values' },
    ...(more.nodes ?? []),
  ],
  wires: [
    'in.out > d1.in',
    'd1.out > t1.in',
    't1.out > d2.in',
    'd2.out > t2.in',
    't2.out > d3.in',
    'd3.out > out.in',
    'z.out > made.z',
    'z.out > far.in',
    'made.x > project.target',
    'far.out > project.start',
    'project.x > v.in',
    ...(more.wires ?? []),
  ],
});

async function found(of: Sketch, refs: readonly string[], rows = TRIALS) {
  const checked = checkGraph(sketch(of));
  expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const running = createGame(engine.tf, compilePlan(checked));
  const before = engine.tf.memory().numTensors;
  const ends = refs.map((ref) => ({ node: ref.split('.')[0] ?? '', port: ref.split('.')[1] ?? '' }));
  const read = await running.read(ends, rows);
  expect(engine.tf.memory().numTensors).toBe(before);
  running.dispose();
  return refs.map((ref) => read.get(ref)?.data ?? new Float32Array());
}

/** ‖a - b‖ of each row, and ‖b‖. */
function distances(
  a: Float32Array,
  b: Float32Array,
): { readonly apart: number[]; readonly length: number[] } {
  const size = a.length / TRIALS;
  const rows = Array.from({ length: TRIALS }, (_, row) => row * size);
  const norm = (at: number, of: (i: number) => number) =>
    Math.sqrt(Array.from({ length: size }, (_, i) => of(at + i) ** 2).reduce((sum, x) => sum + x, 0));
  return {
    apart: rows.map((at) => norm(at, (i) => (a[i] as number) - (b[i] as number))),
    length: rows.map((at) => norm(at, (i) => b[i] as number)),
  };
}

const meanOf = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('project', () => {
  test('finds what G made, to 1 %, in 95 of 100 trials from a start nearby', async () => {
    const [x, target] = await found(game({}), ['project.x', 'made.x']);
    const { apart, length } = distances(x as Float32Array, target as Float32Array);
    const right = apart.filter((d, i) => d / (length[i] as number) <= 0.01).length;
    expect(right).toBeGreaterThanOrEqual(95);
  });

  test('moves less the more smoothness costs, and edits on the manifold still come ten times nearer', async () => {
    const moves: number[] = [];
    for (const smooth of [0.001, 0.01, 0.3]) {
      const refs = ['project.z', 'far.out', 'project.x', 'made.x', 'begun.x'];
      const begun = {
        nodes: [
          { id: 'begun', kind: 'call', params: { network: 'G' } },
          { id: 'w', kind: 'view-values' },
        ],
        wires: ['far.out > begun.z', 'begun.x > w.in'],
      };
      const [z, start, x, target, first] = (await found(game({ smooth, steps: 60 }, begun), refs)) as [
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      moves.push(meanOf(distances(z, start).apart));
      const squares = (a: Float32Array) => meanOf(distances(a, target).apart.map((d) => d * d));
      if (smooth <= 0.01) expect(squares(first) / squares(x)).toBeGreaterThan(10);
    }
    expect(moves).toEqual([...moves].sort((a, b) => b - a));
  });

  test('a mask leaves the rest of the target out', async () => {
    const masked = (value: number[]) => ({
      nodes: [
        { id: 'mask', kind: 'constant', params: { shape: [32], value } },
        { id: 'paint', kind: 'constant', params: { shape: [32], value: 9 } },
        { id: 'lowered', kind: 'multiply' },
        { id: 'kept', kind: 'multiply' },
        { id: 'rest', kind: 'constant', params: { shape: [32], value: value.map((m) => 1 - m) } },
        { id: 'goal', kind: 'add' },
      ],
      wires: [
        'mask.out > project.mask',
        'made.x > kept.in',
        'mask.out > kept.in',
        'paint.out > lowered.in',
        'rest.out > lowered.in',
        'kept.out > goal.in',
        'lowered.out > goal.in',
        'goal.out > project.target',
      ],
    });
    const half = Array.from({ length: 32 }, (_, i) => (i < 16 ? 1 : 0));
    const of = game({}, masked(half));
    const wires = of.wires?.filter((wire) => wire !== 'made.x > project.target') ?? [];
    const [x, target] = await found({ ...of, wires }, ['project.x', 'made.x']);
    const { apart, length } = distances(x as Float32Array, target as Float32Array);
    expect(apart.filter((d, i) => d / (length[i] as number) <= 0.02).length).toBeGreaterThanOrEqual(90);
  });

  test('needs no start, whose noise is drawn, and no other call of G', async () => {
    const { nodes, wires, ...rest } = game({ steps: 3 });
    const alone = {
      ...rest,
      nodes: [
        ...(nodes ?? []).filter(({ id }) => !['made', 'far', 'in', 'z'].includes(id)),
        { id: 'in', kind: 'network-input', network: 'G', params: { name: 'z', shape: [2] } },
        { id: 'goal', kind: 'constant', params: { shape: [32], value: 0.5 } },
      ],
      wires: [...(wires ?? []).filter((wire) => !/^(z|far|made)\./.test(wire)), 'goal.out > project.target'],
    };
    const [z] = await found(alone, ['project.z'], 5);
    expect(new Set(z).size).toBe(10);
  });
});

describe('project in a loss', () => {
  /** E learns the inputs that are found: they are constants to it, whatever is differentiated. */
  const taught = game(
    { steps: 5 },
    {
      networks: [],
      nodes: [
        { id: 'e-in', kind: 'network-input', network: 'E', params: { name: 'x' } },
        { id: 'e-d', kind: 'dense', network: 'E', params: { units: 2 } },
        { id: 'e-out', kind: 'network-output', network: 'E', params: { name: 'z' } },
        { id: 'guess', kind: 'call', params: { network: 'E' } },
        { id: 'mse', kind: 'mean-squared-error' },
        { id: 'sgd', kind: 'sgd' },
      ],
      wires: [
        'e-in.out > e-d.in',
        'e-d.out > e-out.in',
        'made.x > guess.x',
        'guess.z > mse.a',
        'project.z > mse.b',
        'mse.out > sgd.loss',
        'E.theta > sgd.theta',
      ],
    },
  );
  const graph = sketch({ ...taught, networks: [{ id: 'G' }, { id: 'E' }] });

  test('passes no gradient: its network does not move, and no tensor is left', () => {
    const running = createGame(engine.tf, compilePlan(checkGraph(graph)));
    const kernel = () => Array.from(running.state.weights.get('d3.kernel')?.dataSync() ?? []);
    const before = kernel();
    for (const { loss } of running.iterate()) loss.dispose();
    const count = engine.tf.memory().numTensors;
    for (const { loss } of running.iterate()) {
      expect(Number.isFinite(loss.dataSync()[0])).toBe(true);
      loss.dispose();
    }
    expect(engine.tf.memory().numTensors).toBe(count);
    expect(kernel()).toEqual(before);
    running.dispose();
    const wires = graph.wires.map(([from, to]) => [from === 'guess.z' ? 'z.out' : from, to] as const);
    const moved = wires.map(([from, to]) => [from === 'E.theta' ? 'G.theta' : from, to] as const);
    const codes = checkGraph({ ...graph, wires: moved } as typeof graph).diagnostics.map(({ code }) => code);
    expect(codes).toContain('loss-no-theta');
  });

  test('is exported as a search of its own, evaluated once', () => {
    const written = toTorch(compilePlan(checkGraph(graph)), { title: '', about: '' });
    if (!written.ok) throw new Error(JSON.stringify(written.diagnostics));
    expect(written.text.match(/= projected\(lambda z: evaluated\(/g)?.length).toBeGreaterThan(0);
    expect(written.text).toContain('def projected(');
  });
});

describe('bad input to project', () => {
  const problems = (of: Sketch) =>
    checkGraph(sketch(of)).diagnostics.filter(({ node }) => node === 'project');

  test('a network of two inputs, one of which is not fed', () => {
    const two = game(
      {},
      {
        nodes: [
          { id: 'in-c', kind: 'network-input', network: 'G', params: { name: 'c', shape: [3] } },
          { id: 'both', kind: 'concat', network: 'G' },
        ],
        wires: ['in.out > both.in', 'in-c.out > both.in', 'both.out > d1.in'],
      },
    );
    const wires = two.wires?.filter((wire) => wire !== 'in.out > d1.in') ?? [];
    const [found] = problems({ ...two, wires });
    expect(found).toMatchObject({ code: 'input-missing', port: 'c', severity: 'error' });
    expect(found?.message).toContain('takes 2 inputs');
  });

  test('a target, a start or a mask that does not fit', () => {
    const wrong = (port: string, dims: number[]) => {
      const of = game(
        {},
        {
          nodes: [{ id: 'odd', kind: 'constant', params: { shape: dims } }],
          wires: [`odd.out > project.${port}`],
        },
      );
      const wires = of.wires?.filter((wire) => !wire.endsWith(`project.${port}`) || wire.startsWith('odd'));
      return problems({ ...of, wires: wires ?? [] })[0]?.message;
    };
    expect(wrong('target', [31])).toContain('[31] on target, but output x of network G gives [32]');
    expect(wrong('mask', [1])).toContain('[1] on mask, but output x of network G gives [32]');
    expect(wrong('start', [3])).toContain('[3] on start, but input z of network G takes [2]');
  });

  test('no network, and averages that are not kept', () => {
    expect(problems(game({ network: '' })).map(({ code }) => code)).toContain('network-not-chosen');
    expect(problems(game({ weights: 'ema' })).map(({ code }) => code)).toContain('ema-missing');
  });
});

test('noise is no longer than asked, on the way to what is too far; what is near is found', () => {
  const { tf } = engine;
  const look = (within: number | undefined) =>
    tf.tidy(() => {
      const target = tf.tensor([3, 4, 0.3, 0.4], [2, 2]);
      const sought = {
        made: (z: typeof target) => z,
        target,
        start: tf.zeros([2, 2]),
        mask: tf.onesLike(target),
      };
      const found = searchInput(tf, sought, {
        steps: 400,
        learningRate: 0.1,
        smooth: 0,
        ...(within !== undefined && { within }),
      });
      return Array.from(found.dataSync());
    });
  const free = look(undefined);
  const [x = 0, y = 0, ...near] = look(1);
  [3, 4, 0.3, 0.4].forEach((value, i) => void expect(free[i]).toBeCloseTo(value, 2));
  expect(Math.hypot(x, y)).toBeCloseTo(1, 5);
  expect(Math.min(x, y)).toBeGreaterThan(0.5);
  [0.3, 0.4].forEach((value, i) => void expect(near[i]).toBeCloseTo(value, 2));
});
