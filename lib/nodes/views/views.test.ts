import { describe, expect, test } from 'vitest';
import type { Picture } from '@/lib/draw/picture';
import { shape } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import { isProblem, type TensorData } from '../define';
import { CURVE_POINTS, kernelDensity } from './density';
import { extentOf } from './extent';
import { viewSamples } from './view-samples';
import { viewSurface } from './view-surface';
import { viewValues } from './view-values';

const tensor = (dims: readonly number[], values: ArrayLike<number>): TensorData => ({
  data: Float32Array.from(values),
  dims,
  label: 'a.b',
});

const normals = (n: number, mean = 0, sd = 1): Float32Array => {
  const stream = createStream('views', n, mean, sd);
  return Float32Array.from({ length: n }, () => mean + sd * stream.normal());
};

function expectPicture<T extends Picture['type']>(picture: Picture, type: T): Extract<Picture, { type: T }> {
  expect(picture.type).toBe(type);
  return picture as Extract<Picture, { type: T }>;
}

const messageOf = (inferred: ReturnType<typeof viewSamples.infer>) =>
  isProblem(inferred) ? inferred.problem.message : undefined;

describe('view-samples', () => {
  const params = viewSamples.params.parse({});

  test('draws by shape', () => {
    const draw = (dims: readonly number[], size: number) =>
      viewSamples.picture({ params, inputs: { fake: [tensor(dims, normals(size))] } }).type;
    expect(draw([50, 1], 50)).toBe('densities');
    expect(draw([50, 2], 100)).toBe('points');
    expect(draw([2, 4, 4, 3], 96)).toBe('images');
    expect(draw([2, 3, 3, 3, 1], 54)).toBe('volumes');
    expect([draw([2, 4, 4, 5], 160), draw([2, 4, 4, 4, 3], 384)]).toEqual(['videos', 'videos']);
  });

  test('takes channels apart into frames', () => {
    const channels = tensor([2, 1, 2, 4], [1, 2, 3, 4, 5, 6, 7, 8, 10, 20, 30, 40, 50, 60, 70, 80]);
    const picture = viewSamples.picture({ params, inputs: { fake: [channels] } });
    const { frames, images } = expectPicture(picture, 'videos').fake ?? {};
    expect([frames, images?.count, images?.channels]).toEqual([4, 8, 1]);
    expect([...(images?.pixels ?? [])]).toEqual([1, 5, 2, 6, 3, 7, 4, 8, 10, 50, 20, 60, 30, 70, 40, 80]);
  });

  test('fills voxels above 0, and none that is not a number', () => {
    const voxels = tensor([1, 1, 2, 2, 1], [0.1, -1, 0, Number.NaN]);
    const picture = viewSamples.picture({ params, inputs: { fake: [voxels] } });
    expect([...(expectPicture(picture, 'volumes').fake?.filled ?? [])]).toEqual([1, 0, 0, 0]);
  });

  describe('its captions', () => {
    const named = viewSamples.params.parse({ dataset: 'data' });
    const truth = { words: ['red', 'blue', 'ring', 'cross'] };
    const images = tensor([2, 2, 2, 1], new Float32Array(8));
    const labels = tensor([2, 4], [1, 0, 0, 1, 0, 0.9, 1, 0]);

    test('are the words of labels, below fakes or real data alone', () => {
      const words = [
        ['red', 'cross'],
        ['blue', 'ring'],
      ];
      const draw = (inputs: Record<string, TensorData[]>) =>
        expectPicture(viewSamples.picture({ params: named, inputs, truth }), 'images');
      const both = draw({ real: [images], fake: [images], labels: [labels] });
      expect([both.real?.captions, both.fake?.captions]).toEqual([undefined, words]);
      expect(draw({ real: [images], labels: [labels] }).real?.captions).toEqual(words);
      const other = { fake: [images], labels: [tensor([2, 1], [1, 1])] };
      const said = viewSamples.picture({ params: named, inputs: other, truth });
      expect(expectPicture(said, 'empty').message).toContain('of 1 words, the data set has 4');
    });

    test('need images, one-hot labels and a data set', () => {
      const say = (given: typeof named, fake: number[], of: number[]) =>
        messageOf(viewSamples.infer(given, { fake: shape(fake), labels: shape(of) }));
      expect(say(named, [2, 2, 1], [4])).toBeUndefined();
      expect(say(params, [2, 2, 1], [4])).toContain('4 words');
      expect(say(named, [2, 2, 1], [3, 4])).toContain('[3, 4]');
      expect(say(named, [2], [4])).toContain('points');
    });
  });

  test('its legend says what is drawn, where that is neither real nor fake', () => {
    const draw = (given: object) =>
      viewSamples.picture({
        params: viewSamples.params.parse(given),
        inputs: { real: [tensor([50, 2], normals(100))], fake: [tensor([50, 2], normals(100))] },
      });
    expect(draw({})).not.toHaveProperty('names');
    expect(draw({ realName: 'one seed' })).toHaveProperty('names', { real: 'one seed', fake: 'fake' });
  });

  test('takes rows enough for the form', () => {
    const rows = (dims: readonly number[], count: number | null = null) =>
      viewSamples.rows({ ...params, count }, { real: shape(dims) });
    expect([rows([1]), rows([2]), rows([28, 28, 1])]).toEqual([1000, 500, 25]);
    expect(rows([28, 28, 1], 9)).toBe(9);
  });

  test('says what it cannot draw', () => {
    expect(messageOf(viewSamples.infer(params, {}))).toContain('nothing to show');
    expect(messageOf(viewSamples.infer(params, { real: shape([7]) }))).toContain('cannot draw [7]');
    expect(messageOf(viewSamples.infer(params, { real: shape([2]), fake: shape([1]) }))).toContain(
      'Real data are [2], fakes [1]',
    );
  });
});

describe('extents', () => {
  test('hold all real points', () => {
    const [x, y] = extentOf([tensor([4, 2], [-2, 0, 2, 0, 0, -1, 0, 1])]);
    expect(x?.[0]).toBeLessThan(-2);
    expect(x?.[1]).toBeGreaterThan(2);
    expect(y?.[1]).toBeGreaterThan(1);
  });

  test('follow the fakes, but not to infinity', () => {
    const real = tensor([2, 1], [0, 1]);
    const [own] = extentOf([real]);
    const [near] = extentOf([real, tensor([3, 1], [1.5, 1.6, 1.7])]);
    expect(near?.[1]).toBeCloseTo(1.7, 1);
    expect(near?.[0]).toBe(own?.[0]);
    const [far] = extentOf([real, tensor([4, 1], [1e9, 1e9, Number.NaN, Number.POSITIVE_INFINITY])]);
    const span = (own?.[1] ?? 0) - (own?.[0] ?? 0);
    expect((far?.[1] ?? 0) - (own?.[1] ?? 0)).toBeCloseTo(span);
  });
});

describe('densities', () => {
  test('are those of a normal sample', () => {
    const density = kernelDensity(normals(4_000), [-4, 4]);
    const total = density.reduce((sum, value) => sum + value, 0) * (8 / (CURVE_POINTS - 1));
    expect(total).toBeCloseTo(1, 2);
    expect(density[CURVE_POINTS / 2]).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 1);
  });

  test('of a collapsed sample are a spike, of none are zero', () => {
    const spike = kernelDensity(new Float32Array(10).fill(0.5), [0, 1]);
    expect(spike.every(Number.isFinite)).toBe(true);
    expect(spike.filter((value) => value > 0.01).length).toBeLessThan(12);
    expect(kernelDensity(Float32Array.of(Number.NaN), [0, 1])).toEqual(new Float32Array(CURVE_POINTS));
  });
});

describe('view-surface', () => {
  const params = viewSurface.params.parse({ network: 'D', output: 'score' });
  const probe = viewSurface.probe?.(params);

  test('probes cells of the plane from the lowest y, and places along the line', () => {
    const plane = probe?.points([
      [0, 48],
      [0, 48],
    ]);
    expect(plane).toHaveLength(2 * 48 * 48);
    expect(Array.from(plane?.slice(0, 4) ?? [])).toEqual([0.5, 0.5, 1.5, 0.5]);
    expect(Array.from(plane?.slice(-2) ?? [])).toEqual([47.5, 47.5]);
    const line = probe?.points([[-1, 1]]);
    expect([line?.[0], line?.at(-1), line?.length]).toEqual([-1, 1, CURVE_POINTS]);
  });

  test('draws what the network gives, over points or densities', () => {
    const bounds: [number, number][] = [
      [0, 1],
      [0, 1],
    ];
    const probed = tensor([48 * 48, 1], new Float32Array(48 * 48).fill(2));
    const fake = tensor([2, 2], [0, 0, 1, 1]);
    const picture = viewSurface.picture({ params, inputs: { fake: [fake] }, probed, bounds });
    const { surface, fake: points } = expectPicture(picture, 'points');
    expect(surface).toMatchObject({ width: 48, height: 48 });
    expect(surface?.values[5]).toBe(2);
    expect(points).toEqual(fake.data);
    const probability = viewSurface.picture({
      params: { ...params, show: 'probability' },
      inputs: {},
      probed: tensor([CURVE_POINTS, 1], new Float32Array(CURVE_POINTS)),
      bounds: [[0, 1]],
    });
    expect(expectPicture(probability, 'densities').curve?.[0]).toBe(0.5);
  });

  test('over the line the best D is p / (p + q), q the density of the fakes as it is drawn', () => {
    const fake = tensor([4, 1], [-1, 0, 0.5, 1]);
    const given = {
      inputs: { fake: [fake] },
      probed: tensor([CURVE_POINTS, 1], new Float32Array(CURVE_POINTS)),
      bounds: [[-3, 3]] as const,
    };
    const density = ([x = 0]: readonly number[]) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    const bestOf = (show: 'raw' | 'probability', truths = { real: { density } }) =>
      expectPicture(
        viewSurface.picture({ params: { ...params, optimum: true, show }, ...given, truths }),
        'densities',
      );
    const { optimum, fake: q } = bestOf('probability');
    const at = CURVE_POINTS / 2;
    const p = density([-3 + (6 * at) / (CURVE_POINTS - 1)]);
    expect(optimum?.[at]).toBeCloseTo(p / (p + (q?.[at] ?? 0)), 5);
    expect(bestOf('raw').optimum?.[at]).toBeCloseTo(Math.log(p / (q?.[at] ?? 0)), 4);
    expect(bestOf('raw', {} as never).optimum).toBeUndefined();
  });

  test('layers are shown as they are switched', () => {
    const all = {
      inputs: { real: [tensor([1, 2], [0, 0])], fake: [tensor([1, 2], [1, 1])] },
      probed: tensor([48 * 48, 1], new Float32Array(48 * 48)),
      bounds: [
        [0, 1],
        [0, 1],
      ] as const,
    };
    const hidden = expectPicture(
      viewSurface.picture({ params: { ...params, points: false }, ...all }),
      'points',
    );
    expect([hidden.real, hidden.fake, hidden.sheet, hidden.arrows]).toEqual(new Array(4).fill(undefined));
    expect(viewSurface.made?.({ ...params, grid: true, arrows: true })).toMatchObject({
      port: 'fake',
      pull: true,
    });
    const pull = { points: tensor([1, 2], [1, 1]), slope: tensor([1, 2], [0, 2]) };
    const sheet = tensor([256, 2], new Float32Array(512));
    const shown = expectPicture(viewSurface.picture({ params, ...all, made: { pull, sheet } }), 'points');
    expect(shown.sheet).toEqual({ columns: 16, points: sheet.data });
    expect([...(shown.arrows?.heads ?? [])].map((value) => Number(value.toFixed(3)))).toEqual([1, 0.9]);
  });

  test('says why there is no surface', () => {
    const bounds = [
      [0, 1],
      [0, 1],
    ] as const;
    const wide = tensor([48 * 48, 10], new Float32Array(48 * 48 * 10));
    const many = viewSurface.picture({ params, inputs: {}, probed: wide, bounds });
    expect(expectPicture(many, 'empty').message).toContain('Output score of the network gives [10]');
    const images = viewSurface.picture({ params, inputs: {}, bounds: new Array(784).fill([0, 1]) });
    expect(expectPicture(images, 'empty').message).toContain('takes 784');
  });
});

describe('view-values', () => {
  test('gives mean, deviation and shares per wire', () => {
    const picture = viewValues.picture({
      params: { count: 4, bins: 4 },
      inputs: { in: [tensor([4, 1], [0, 1, 2, 3]), tensor([2, 1], [5, 5])] },
    });
    const { rows, histograms } = expectPicture(picture, 'values');
    expect(rows[0]).toEqual({ label: 'a.b', mean: 1.5, sd: Math.sqrt(1.25) });
    expect(rows[1]).toEqual({ label: 'a.b', mean: 5, sd: 0 });
    expect(histograms.map((shares) => Array.from(shares))).toEqual([
      [0.25, 0.25, 0.25, 0.25],
      [1, 0, 0, 0],
    ]);
  });
});
