import { describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import ring from '@/lib/examples/ring.json';
import { permuteTensor } from '../layout';
import { stateEntriesOf } from '../state-entries';
import type { NamedTensors } from '../tensors';
import { fromTorchState, toTorchState } from '../torch-state';
import { nameAll } from './names';
import { toTorch } from './to-torch';

/** What the file says, by structure; that it computes the same is proven in tests/torch. */
const planOf = (document: unknown): Plan => {
  const parsed = parseDocumentValue(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return compilePlan(checkGraph(parsed.graph));
};
const plan = planOf(ring);

function textOf(given: Plan, about = ''): string {
  const written = toTorch(given, { title: 'Ring', about });
  if (!written.ok) throw new Error(JSON.stringify(written.diagnostics));
  return written.text;
}

const withPlayers = (params: Record<string, unknown>): Plan => ({
  ...plan,
  players: plan.players.map((player) => ({ ...player, params: { ...player.params, ...params } })),
});

describe('the file', () => {
  const text = textOf(plan);

  test('has a class per network, named as in the graph, with attributes named after layers', () => {
    expect(text).toContain('class Generator(nn.Module):');
    expect(text).toContain('class Discriminator(nn.Module):');
    expect(text).toContain('self.g_dense_1 = nn.Linear(2, 128, bias=True)');
    expect(text).toContain('def forward(self, z):');
  });

  test('has a loss and an update per player, in their order', () => {
    expect(text).toContain('def loss_adam_d(batch):');
    const iteration = text.slice(text.indexOf('def iterate'));
    expect(iteration.indexOf('update_adam_d')).toBeLessThan(iteration.indexOf('update_adam_g'));
  });

  test('prints ramps, averages, and nothing that this game does not use', () => {
    expect(text).toContain('learning_rate=lambda: setting("adam-d.learningRate", ramp(0.001, 0.00001))');
    expect(text).toContain('follow(G_ema, G, setting("G.ema", 0.999))');
    for (const unused of [
      'clip_norm',
      'clip_weights',
      'optimistic',
      'def noted',
      'advance(',
      'ahead_by',
      'CONSENSUS',
    ])
      expect(text).not.toContain(unused);
  });

  test('holds no text that ends its docstring', () => {
    const [start] = textOf(plan, '"""\nimport os\n"""').split('\nimport argparse');
    expect(start?.match(/"""/g)).toHaveLength(2);
    expect(start).toMatch(/^"""Ring.*\nimport os.*"""\n$/s);
  });

  test('says where several processes are not exactly one', () => {
    expect(text).not.toContain('not exactly one');
    const [player, opponent] = plan.players;
    const looking = { ...player, opponent: opponent?.id, params: { ...player?.params, unroll: 2 } };
    const players = [looking, opponent] as Plan['players'];
    expect(textOf({ ...plan, players })).toContain('A player looks ahead on its batch.');
  });

  test('keeps a graph’s names clear of every name of its own', () => {
    const own = new Set([
      ...nameAll(plan).fixed,
      ...Object.values(nameAll(plan)).flatMap((each) => (each instanceof Map ? [...each.values()] : [])),
    ]);
    const defined = [...text.matchAll(/^(?:(?:def|class) (\w+)|([A-Za-z_]\w*) = )/gm)].map(
      ([, made, set]) => made ?? set,
    );
    const others = defined.filter(
      (name) => name && !own.has(name) && !/^(draw|loss|read|update)_/.test(name),
    );
    expect(others).toEqual([]);
  });

  test('has no data set, network or player of a name that a source’s helpers have', () => {
    const text = JSON.stringify(ring)
      .replace(/"data(?=[".])/g, '"faces')
      .replace(/"adam-d(?=[".])/g, '"draw-face')
      .replace(/"G(?=[".])/g, '"SKINS');
    const document = JSON.parse(text);
    const ringPlan = planOf(document);
    const game = ringPlan.game.map((node) =>
      node.id === 'faces' ? { ...node, params: { ...node.params, source: 'faces', options: {} } } : node,
    );
    const written = textOf({ ...ringPlan, game });
    const made = [...written.matchAll(/^(?:(?:def|class) (\w+)|([A-Za-z_]\w*) = )/gm)].map(
      ([, name, table]) => name ?? table,
    );
    expect(made).toEqual(expect.arrayContaining(['draw_faces', 'draw_faces_', 'draw_face_', 'SKINS_']));
    expect(made.filter((name, i) => made.indexOf(name) !== i)).toEqual([]);
  });

  test('has no variable that hides what its lines call', () => {
    const named = (id: string, kind: string, params: object) => (layer: Plan['networks'][0]['nodes'][0]) =>
      layer.id === id ? { ...layer, kind, params: { ...params } } : layer;
    const rename = (id: string) =>
      id.replace('d-act-1', 'dropout').replace('d-act-2', 'uniform').replace('d-act-3', 'gaussian-noise');
    const networks = plan.networks.map((network) => ({
      ...network,
      nodes: network.nodes
        .map(named('d-act-1', 'dropout', { rate: 0.5 }))
        .map(named('d-act-3', 'gaussian-noise', { sd: 0.1 }))
        .map((layer) => ({
          ...layer,
          id: rename(layer.id),
          inputs: Object.fromEntries(
            Object.entries(layer.inputs).map(([port, refs]) => [
              port,
              refs.map((ref) => ({ ...ref, node: rename(ref.node) })),
            ]),
          ),
        })),
    }));
    const text = textOf({ ...plan, networks });
    expect(text).toContain('dropout_ = dropout(');
    expect(text).toContain('gaussian_noise_ = gaussian_noise(');
    expect(text).toMatch(/uniform_ = /);
  });

  test('says which rule it plays by', () => {
    expect(textOf(withPlayers({ steps: 3 }))).toContain('for _ in range(3):');
    expect(textOf(withPlayers({ clipWeights: 0.01 }))).toContain(
      'clip_weights=lambda: setting("adam-d.clipWeights", 0.01)',
    );
    const together = (update: Plan['settings']['update']) =>
      textOf({ ...plan, settings: { ...plan.settings, update } });
    expect(together('simultaneous')).toContain('yield update_together(Batch(clock.draw()))');
    expect(together('extragradient')).toContain('with adam_d.ahead(gradient_of_adam_d), adam_g.ahead(');
    expect(together('consensus')).toContain('CONSENSUS = 1');
  });
});

describe('what cannot be written is refused by name:', () => {
  const refused = (given: Plan) => {
    const written = toTorch(given, { title: '', about: '' });
    return written.ok ? [] : written.diagnostics;
  };

  test('a network that is sampled from and draws on its own', () => {
    const networks = plan.networks.map((network) => ({
      ...network,
      nodes: network.nodes.map((layer) =>
        layer.id === 'd-act-1' ? { ...layer, kind: 'dropout', params: { rate: 0.5 } } : layer,
      ),
    }));
    const game = plan.game.map((node) =>
      node.id === 'd-fake' ? { ...node, params: { ...node.params, sample: 'autoregressive' } } : node,
    );
    expect(refused({ ...plan, networks, game })).toEqual([
      expect.objectContaining({ code: 'export-unsupported', severity: 'error', node: 'd-fake' }),
    ]);
  });

  test('a ramp in a place where PyTorch takes a number', () => {
    const dense = plan.networks[0]?.nodes.find(({ kind }) => /dense/.test(kind))?.params;
    const ramp = { from: 0.1, to: 0.2, curve: 'linear', start: 0, end: 1 };
    const networks = plan.networks.map((network) => ({
      ...network,
      nodes: network.nodes.map((layer) =>
        layer.id === 'd-act-1' ? { ...layer, kind: 'dense', params: { ...dense, units: ramp } } : layer,
      ),
    }));
    expect(refused({ ...plan, networks })).toEqual([
      expect.objectContaining({ node: 'd-act-1', message: expect.stringContaining('units') }),
    ]);
  });
});

describe('state', () => {
  test('moves its axes, and back', () => {
    const tensor = { dims: [2, 3, 2], values: Float32Array.from({ length: 12 }, (_, i) => i) };
    const moved = permuteTensor(tensor, [2, 0, 1]);
    expect(moved.dims).toEqual([2, 2, 3]);
    expect([...moved.values]).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
    expect(permuteTensor(moved, [1, 2, 0])).toEqual(tensor);
  });

  const arrays = new Map(
    stateEntriesOf(plan).flatMap(({ group, key, dims, average }, i) => {
      const size = dims.reduce((product, dim) => product * dim, 1);
      const one = { shape: dims, values: Float32Array.from({ length: size }, (_, at) => i + at) };
      return [[`${group}/${key}`, one] as const, ...(average ? [[`averages/${key}`, one] as const] : [])];
    }),
  );

  const found = (tensors: NamedTensors) => ({ tensors, converted: new Map(), skipped: [] });

  test('goes to PyTorch’s names and comes back', () => {
    const state = toTorchState(plan, arrays);
    expect(state.get('Generator.g_dense_1.weight')?.dims).toEqual([128, 2]);
    expect(state.has('ema.Generator.g_dense_1.weight')).toBe(true);
    const back = fromTorchState(plan, found(state));
    expect(back.problems).toEqual([]);
    expect(back.arrays).toEqual(arrays);
  });

  test('of another graph is refused', () => {
    const state = new Map(toTorchState(plan, arrays));
    state.delete('Generator.g_dense_1.bias');
    state.set('Encoder.e.weight', { dims: [1], values: Float32Array.of(1) });
    state.set('Generator.g_dense_2.bias', { dims: [2], values: Float32Array.of(1, 2) });
    const { problems } = fromTorchState(plan, found(state));
    expect(problems.map(({ code, node }) => [code, node])).toEqual([
      ['weights-missing', 'g-dense-1'],
      ['weights-shape', 'g-dense-2'],
      ['weights-unknown', undefined],
    ]);
    expect(problems[1]?.message).toContain('is [2] in the file, [128] in this graph');
  });
});
