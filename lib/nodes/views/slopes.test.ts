import { beforeAll, describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { ringWith } from '@/lib/check/testing/graphs';
import { compilePlan } from '@/lib/compile/compile';
import { createGame } from '@/lib/compile/tf/game';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { createObserver } from '@/lib/train/observe';
import { isProblem, type TensorData, type Tf } from '../define';
import { viewArrows } from './view-arrows';
import { viewManifold } from './view-manifold';
import { viewPairs } from './view-pairs';

const tensor = (dims: readonly number[], values: ArrayLike<number>): TensorData => ({
  data: Float32Array.from(values),
  dims,
  label: 'a.b',
});

describe('view-arrows', () => {
  const params = viewArrows.params.parse({});
  const fake = tensor([2, 2], [0, 0, 4, 4]);
  const slope = tensor([2, 2], [1, 0, 0, -2]);

  test('draws slopes in proportion, the longer a tenth of the picture', () => {
    const picture = viewArrows.picture({ params, inputs: { fake: [fake] }, slope });
    if (picture.type !== 'arrows') throw new Error(picture.type);
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = picture.heads;
    const span = Math.max(...picture.bounds.map(([low, high]) => high - low));
    expect(y0).toBe(0);
    expect(x1).toBe(4);
    expect(x0 / (4 - y1)).toBeCloseTo(0.5, 5);
    expect(x0).toBeCloseTo(0.1 * span, 5);
  });

  test('turns round towards lower scores, and says where there is no slope', () => {
    const given = { params: viewArrows.params.parse({ towards: 'lower' }), inputs: { fake: [fake] } };
    const picture = viewArrows.picture({ ...given, slope });
    expect(picture.type === 'arrows' && picture.heads[0]).toBeLessThan(0);
    expect(viewArrows.picture(given)).toMatchObject({ type: 'empty' });
    const flat = viewArrows.picture({ ...given, slope: tensor([2, 2], [0, 0, 0, 0]) });
    expect(flat.type === 'arrows' && flat.heads).toEqual(fake.data);
  });

  test('refuses what is not on the plane', () => {
    const inferred = viewArrows.infer(params, { fake: shape([3]), score: shape([1]) });
    expect(isProblem(inferred) && inferred.problem.message).toContain('fake is [3]');
  });
});

describe('the slope of a run', () => {
  let tf: Tf;
  beforeAll(async () => {
    tf = (await startBackend('cpu')).tf;
  });

  /** The ring with arrows at its fakes, scored by the call that also feeds the loss. */
  const graph = (score: string) =>
    ringWith({
      nodes: [{ id: 'arrows', kind: 'view-arrows', params: { count: 5 } }],
      wires: ['fake.x > arrows.fake', `${score} > arrows.score`],
    });

  test('is that of differences of the score', async () => {
    const checked = checkGraph(graph('d-fake.score'));
    expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const plan = compilePlan(checked);
    const game = createGame(tf, plan);
    const view = plan.views.find(({ id }) => id === 'arrows');
    const of = view?.inputs.score?.[0];
    const at = view?.inputs.fake?.[0];
    if (!of || !at) throw new Error('the view is wired');
    const before = tf.memory().numTensors;
    const slope = await game.slope(of, at, 5);
    expect(tf.memory().numTensors).toBe(before);
    const fakes = (await game.read([at], 5)).get(`${at.node}.${at.port}`)?.data as Float32Array;
    const scoreAt = async (points: Float32Array) => {
      const probe = { network: 'D', input: 'x', output: 'score', mostAxes: 2, points: () => points };
      return (await game.probe(probe, [])).data;
    };
    // Small, so that no rectifier turns between.
    const epsilon = 1e-3;
    for (let axis = 0; axis < 2; axis++) {
      const moved = (by: number) => fakes.map((value, i) => (i % 2 === axis ? value + by : value));
      const [up, down] = [await scoreAt(moved(epsilon)), await scoreAt(moved(-epsilon))];
      up.forEach((value, row) => {
        const expected = (value - (down[row] as number)) / (2 * epsilon);
        expect(slope?.data[2 * row + axis]).toBeCloseTo(expected, 2);
      });
    }
    expect(slope?.data.some((value) => Math.abs(value) > 0.05)).toBe(true);
    game.dispose();
  });

  test('is drawn by the observer; a score of other points has none', async () => {
    for (const [score, type] of [
      ['d-fake.score', 'arrows'],
      ['d-real.score', 'empty'],
    ] as const) {
      const game = createGame(tf, compilePlan(checkGraph(graph(score))));
      const pictures = await createObserver(game, () => 0).pictures();
      expect(pictures.arrows?.type).toBe(type);
      game.dispose();
    }
  });
});

describe('view-pairs', () => {
  const params = viewPairs.params.parse({});

  test('moves points by arrows, and shows images in equal places', () => {
    const [given, made] = [tensor([2, 2], [0, 0, 1, 1]), tensor([2, 2], [1, 0, 1, 2])];
    const arrows = viewPairs.picture({ params, inputs: { in: [given], out: [made], target: [given] } });
    expect(arrows).toMatchObject({ type: 'arrows', tails: given.data, heads: made.data, real: given.data });
    const small = tensor([5, 2, 2, 1], new Float32Array(20));
    const large = tensor([5, 4, 4, 3], new Float32Array(240));
    const panels = viewPairs.picture({ params, inputs: { in: [small], out: [large] } });
    if (panels.type !== 'panels') throw new Error(panels.type);
    expect(panels.panels.map(({ label, images }) => [label, images.columns])).toEqual([
      ['given', 3],
      ['made', 3],
    ]);
  });

  test('shows the frames of a video side by side', () => {
    // Two videos of two frames of 2 × 1 pixels: 11 and 12 are of the first frame, 21 and 22 of the second.
    const video = tensor([2, 2, 1, 2], [11, 21, 12, 22, -11, -21, -12, -22]);
    const next = tensor([2, 2, 1, 1], [1, 2, 3, 4]);
    const picture = viewPairs.picture({ params, inputs: { in: [video], out: [next] } });
    if (picture.type !== 'panels') throw new Error(picture.type);
    const [given] = picture.panels;
    expect(given).toMatchObject({ label: 'given', images: { count: 2, height: 2, width: 2, channels: 1 } });
    expect([...(given?.images.pixels ?? [])]).toEqual([11, 21, 12, 22, -11, -21, -12, -22]);
    const colour = tensor([1, 2, 1, 1, 3], [1, 2, 3, 4, 5, 6]);
    const films = viewPairs.picture({
      params,
      inputs: { in: [colour], out: [tensor([1, 1, 1, 3], [0, 0, 0])] },
    });
    expect(films.type === 'panels' && films.panels[0]?.images).toMatchObject({
      count: 1,
      width: 2,
      height: 1,
    });
  });

  test('leaves out what is no picture, and refuses where nothing is', () => {
    const made = tensor([1, 2, 2, 1], new Float32Array(4));
    const picture = viewPairs.picture({
      params,
      inputs: { in: [tensor([1, 10], new Float32Array(10))], out: [made] },
    });
    expect(picture.type === 'panels' && picture.panels.map(({ label }) => label)).toEqual(['made']);
    const inferred = viewPairs.infer(params, { in: shape([2]), out: shape([5]) });
    expect(isProblem(inferred) && inferred.problem.message).toContain('[5] made of [2]');
  });
});

describe('view-manifold', () => {
  const params = viewManifold.params.parse({ network: 'G', input: 'z', output: 'x', cells: 3 });
  const probe = viewManifold.probe?.(params);

  test('walks the first two axes from the top left, the others at their middle', () => {
    const points = probe?.points([
      [0, 2],
      [10, 20],
      [4, 6],
    ]);
    expect(points).toHaveLength(27);
    expect(Array.from(points?.slice(0, 6) ?? [])).toEqual([0, 20, 5, 1, 20, 5]);
    expect(Array.from(points?.slice(-3) ?? [])).toEqual([2, 10, 5]);
    expect(Array.from(probe?.points([[0, 2]]) ?? [])).toEqual([0, 1, 2]);
  });

  test('is a mesh of points or an arrangement of images', () => {
    const mesh = viewManifold.picture({ params, inputs: {}, probed: tensor([9, 2], new Float32Array(18)) });
    expect(mesh).toMatchObject({ type: 'mesh', columns: 3, rows: 3 });
    const pixels = new Float32Array(36);
    const images = viewManifold.picture({ params, inputs: {}, probed: tensor([9, 2, 2, 1], pixels) });
    expect(images.type === 'images' && images.fake?.columns).toBe(3);
    const wide = viewManifold.picture({ params, inputs: {}, probed: tensor([9, 7], new Float32Array(63)) });
    expect(wide).toMatchObject({
      type: 'empty',
      message: expect.stringContaining('Output x of the network gives [7]'),
    });
  });
});
