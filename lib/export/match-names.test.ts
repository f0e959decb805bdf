import { describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { loadExample, planOf } from '@/lib/train/testing/train';
import { torchDims } from './layout';
import { stateEntriesOf } from './state-entries';
import type { NamedTensors, Skipped } from './tensors';
import { fromTorchState } from './torch-state';

const sizeOf = (dims: readonly number[]) => dims.reduce((product, dim) => product * dim, 1);
const filled = (dims: readonly number[], value: number) => ({
  dims,
  values: new Float32Array(sizeOf(dims)).fill(value),
});

/** The file that PyTorch would write of a plan, under other names: tensor i holds i + 1. */
const fileOf = (plan: Plan, rename: (name: string, path: string, network: string) => string[]) =>
  new Map(
    stateEntriesOf(plan).flatMap((entry, i) =>
      rename(entry.name, entry.path, entry.network).map(
        (name) => [name, filled(torchDims(entry), i + 1)] as const,
      ),
    ),
  );

const read = (plan: Plan, tensors: NamedTensors, skipped: readonly Skipped[] = []) =>
  fromTorchState(plan, { tensors, converted: new Map(), skipped });

/** By our keys, the number that each tensor is filled with. */
const numbersOf = ({ arrays }: ReturnType<typeof read>) =>
  Object.fromEntries([...arrays].map(([key, { values }]) => [key, values[0]]));

const plan = planOf(loadExample('ring'));
const whole = numbersOf(
  read(
    plan,
    fileOf(plan, (name) => [name]),
  ),
);
const codes = ({ problems }: ReturnType<typeof read>) => problems.map(({ code }) => code);

describe('names fit', () => {
  test.each(['module.', '_orig_mod.', '_orig_mod.module.', 'state_dict.module.'])('behind %s', (start) => {
    const back = read(
      plan,
      fileOf(plan, (name) => [start + name]),
    );
    expect(back).toMatchObject({
      problems: [],
      fitted: back.wanted,
      notes: [`“${start}” before the names was left out.`],
    });
    expect(numbersOf(back)).toEqual(whole);
  });

  test('as two modules of a larger one', () => {
    const starts: Record<string, string> = { G: 'netG.', D: 'netD.module.' };
    const back = read(
      plan,
      fileOf(plan, (_, path, network) => [starts[network] + path]),
    );
    expect(back).toMatchObject({ problems: [], fitted: back.wanted });
    expect(back.notes).toEqual([
      '“netG.” was read as Generator.',
      '“netD.module.” was read as Discriminator.',
    ]);
    expect(numbersOf(back)).toEqual(whole);
  });

  test('as one module’s own state_dict, and the other network is said to be absent', () => {
    const back = read(
      plan,
      fileOf(plan, (_, path, network) => (network === 'G' ? [path] : [])),
    );
    expect(back).toMatchObject({ problems: [], fitted: 8, wanted: 8 });
    expect(back.notes).toEqual(['The file has nothing of Discriminator, which keeps what it starts with.']);
  });

  test('averages behind what stands before the weights', () => {
    const averaged = fileOf(plan, (name, _, network) =>
      network === 'G' ? [`module.${name}`, `module.ema.${name}`] : [`module.${name}`],
    );
    const back = read(plan, averaged);
    expect(back).toMatchObject({ problems: [], fitted: 24, wanted: 24 });
    expect(back.arrays.has('averages/g-dense-1.kernel')).toBe(true);
  });

  test('but not in two places at once', () => {
    const back = read(
      plan,
      fileOf(plan, (name, path) => (name.startsWith('Gen') ? [`a.${path}`, `b.${path}`] : [name])),
    );
    expect(back.problems[0]).toMatchObject({
      code: 'weights-ambiguous',
      message: 'Names of Generator stand in the file after “a.” and after “b.”.',
    });
    expect(back.fitted).toBe(8);
  });
});

test('what does not fit is listed by name and shape, ours and theirs', () => {
  const tensors = new Map(fileOf(plan, (name) => [`module.${name}`]));
  tensors.delete('module.Generator.g_dense_1.bias');
  tensors.set('module.Generator.g_dense_2.bias', filled([7], 0));
  tensors.set('module.Encoder.weight', filled([3, 4], 0));
  tensors.delete('module.Generator.g_dense_3.bias');
  const back = read(plan, tensors, [
    { name: 'module.Generator.g_dense_3.bias', dims: [128], type: 'I64' },
    { name: 'module.Generator.norm.num_batches_tracked', dims: [], type: 'I64' },
  ]);
  expect(back.problems.map(({ message }) => message)).toEqual([
    'Generator.g_dense_1.bias [128] is missing: g-dense-1 keeps what it starts with.',
    'module.Generator.g_dense_2.bias (Generator.g_dense_2.bias) is [7] in the file, [128] in this graph.',
    'module.Generator.g_dense_3.bias (Generator.g_dense_3.bias) holds I64; weights are F32, F64, F16 or BF16.',
    'module.Encoder.weight [3, 4] is of no layer of this graph.',
  ]);
});

test('a name of a million parts is read in no time', () => {
  const tensors = new Map([['a.'.repeat(1e6), filled([1], 0)]]);
  expect(read(plan, tensors).fitted).toBe(0);
});

/** z → chain of layers → image, beside a critic that takes it; names of layers are `g-1`, `g-2` and so on. */
function gan(
  layers: readonly (readonly [kind: string, params?: object])[],
  z: readonly number[],
  more: object = {},
): Plan {
  const chain = [['network-input', { name: 'z' }], ...layers, ['network-output', { name: 'x' }]] as const;
  const parsed = parseDocumentValue({
    format: 'ganvas',
    version: 1,
    title: 'Layers',
    networks: [{ id: 'G', name: 'Generator', color: 'blue', at: [0, 0], size: [400, 300] }],
    nodes: [
      { id: 'z', kind: 'latent', at: [0, 0], params: { shape: z } },
      { id: 'fake', kind: 'call', at: [0, 0], params: { network: 'G' } },
      { id: 'loss', kind: 'mean', at: [0, 0] },
      { id: 'sgd', kind: 'sgd', at: [0, 0] },
      ...chain.map(([kind, params], i) => ({
        id: `g-${i}`,
        kind,
        network: 'G',
        at: [0, 0],
        ...(params && { params }),
      })),
    ],
    wires: [
      ['z.out', 'fake.z'],
      ['fake.x', 'loss.in'],
      ['loss.out', 'sgd.loss'],
      ['G.theta', 'sgd.theta'],
      ...chain.slice(1).map((_, i) => [`g-${i}.out`, `g-${i + 1}.in`]),
    ],
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return compilePlan(checkGraph(parsed.graph));
}

describe('a file with other names', () => {
  const dcgan = gan(
    [
      ['reshape', { shape: [1, 1, 100] }],
      ['conv2d-transpose', { filters: 64, kernelSize: 4, strides: 1, padding: 'valid', useBias: false }],
      ['batch-norm'],
      ['relu'],
      ['conv2d-transpose', { filters: 1, useBias: false }],
      ['tanh'],
    ],
    [100],
  );
  /** As PyTorch’s DCGAN example writes its generator. */
  const netG = (start = ''): [string, readonly number[]][] => [
    [`${start}main.0.weight`, [100, 64, 4, 4]],
    [`${start}main.1.weight`, [64]],
    [`${start}main.1.bias`, [64]],
    [`${start}main.1.running_mean`, [64]],
    [`${start}main.1.running_var`, [64]],
    [`${start}main.3.weight`, [64, 1, 4, 4]],
  ];
  const tensorsOf = (list: readonly (readonly [string, readonly number[]])[]) =>
    new Map(list.map(([name, dims], i) => [name, filled(dims, i + 1)]));

  test.each(['', 'module.', 'netG.', 'state_dict.generator.'])(
    'is matched by order and shape, and says so: %s',
    (start) => {
      const back = read(dcgan, tensorsOf(netG(start)), [
        { name: `${start}main.1.num_batches_tracked`, dims: [], type: 'I64' },
      ]);
      expect(back).toMatchObject({ fitted: 6, wanted: 6 });
      expect(back.problems).toMatchObject([
        {
          code: 'weights-by-order',
          severity: 'info',
          message: `No name in the file is one of Generator, so modules were matched by order and shape: ${start}main.0 is g_2, ${start}main.1 is g_3, ${start}main.3 is g_5.`,
        },
      ]);
      expect(numbersOf(back)).toEqual({
        'weights/g-2.kernel': 1,
        'weights/g-3.gamma': 2,
        'weights/g-3.beta': 3,
        'buffers/g-3.mean': 4,
        'buffers/g-3.variance': 5,
        'weights/g-5.kernel': 6,
      });
    },
  );

  test('beside others of the same checkpoint', () => {
    const tensors = tensorsOf([...netG('netG.'), ['netD.main.0.weight', [64, 1, 4, 4]], ['epoch', []]]);
    const back = read(dcgan, tensors);
    expect(back.fitted).toBe(6);
    expect(codes(back)).toEqual(['weights-by-order', 'weights-unknown', 'weights-unknown']);
  });

  test('and other shapes fits nothing, and both sides are listed', () => {
    const back = read(dcgan, tensorsOf(netG().map(([name, dims]) => [name, dims.map((dim) => dim + 1)])));
    expect(back.fitted).toBe(0);
    expect(back.problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'Generator.g_2.weight [100, 64, 4, 4] is missing: g-2 keeps what it starts with.',
        'main.0.weight [101, 65, 5, 5] is of no layer of this graph.',
      ]),
    );
  });

  const deep = gan(
    [['dense', { units: 8 }], ['tanh'], ['dense', { units: 8 }], ['tanh'], ['dense', { units: 8 }]],
    [8],
  );
  const linear = (...names: string[]) =>
    tensorsOf(
      names.flatMap((name): [string, number[]][] => [
        [`${name}.weight`, [8, 8]],
        [`${name}.bias`, [8]],
      ]),
    );

  test('and equal shapes goes by the numbers in names, which the alphabet would mix', () => {
    const back = read(deep, linear('main.10', 'main.2', 'main.6'));
    expect(numbersOf(back)).toEqual({
      'weights/g-1.kernel': 3,
      'weights/g-1.bias': 4,
      'weights/g-3.kernel': 5,
      'weights/g-3.bias': 6,
      'weights/g-5.kernel': 1,
      'weights/g-5.bias': 2,
    });
  });

  test('and equal shapes goes by the file’s order where that is not the alphabet’s', () => {
    const back = read(deep, linear('first', 'body', 'tail'));
    expect(numbersOf(back)).toMatchObject({
      'weights/g-1.kernel': 1,
      'weights/g-3.kernel': 3,
      'weights/g-5.kernel': 5,
    });
  });

  test('and equal shapes in the alphabet’s order is left alone, with the reason', () => {
    const back = read(deep, linear('body', 'first', 'tail'));
    expect(back.fitted).toBe(0);
    expect(back.problems[0]).toMatchObject({
      code: 'weights-ambiguous',
      message: expect.stringContaining(
        'body, first, tail have equal shapes, and their names do not say which comes first',
      ),
    });
  });

  test('is left alone beside a layer that lays an image out otherwise than PyTorch', () => {
    const flat = gan([['dense', { units: 18 }], ['reshape', { shape: [3, 3, 2] }], ['tanh']], [4]);
    const back = read(
      flat,
      tensorsOf([
        ['fc.weight', [18, 4]],
        ['fc.bias', [18]],
      ]),
    );
    expect(back.fitted).toBe(0);
    expect(back.problems[0]?.message).toContain('g-2 lays an image out by rows, columns, channels');
  });

  test('is left alone where it fits two networks', () => {
    const cyclegan = planOf(loadExample('cyclegan'));
    const own = stateEntriesOf(cyclegan);
    const [first] = cyclegan.networks;
    const one = fileOf(cyclegan, (_, path, network) =>
      network === first?.id ? [`model.${path.replace(/\D+/, 'x')}`] : [],
    );
    expect(own.length).toBeGreaterThan(one.size);
    const back = read(cyclegan, one);
    expect(back.fitted).toBe(0);
    expect(codes(back)).toContain('weights-ambiguous');
  });
});
