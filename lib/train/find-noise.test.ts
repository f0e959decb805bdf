import { expect, test } from 'vitest';
import type { Sampled, SampleRequest } from '@/lib/compile/tf/make-samples';
import { startNear } from './find-noise';
import { PROBED } from './sample-set';
import { loadExample, planOf } from './testing/train';

const plan = planOf(loadExample('bigan'));
const of = { node: 'fake', port: 'x' };
const target = Float32Array.of(3, -1);
const tensor = (data: Float32Array, size: number) => ({ data, dims: [data.length / size, size], label: '' });

/** A generator whose sample k is at (k, -1), and that makes `made` of what the encoder gives. */
function gameOf(made: Float32Array) {
  const asked: SampleRequest[] = [];
  const make = async (request: SampleRequest): Promise<Sampled> => {
    asked.push(request);
    const { numbers, given } = request;
    const points = Float32Array.from(numbers.flatMap((k) => [k + 0.25, -1]));
    if (request.of.node !== of.node) return { samples: tensor(encoded, encoded.length), read: {} };
    const z = Float32Array.from(numbers.flatMap((k) => Array.from(encoded, () => k)));
    return { samples: tensor(given ? made : points, 2), read: { [at]: tensor(z, encoded.length) } };
  };
  return { make, asked };
}

const noise = plan.game.find(({ kind }) => kind === 'latent');
const at = `${noise?.id}.out`;
const encoded = new Float32Array(noise?.outputShapes.out?.dims[0] ?? 0).fill(0.5);

test('a search starts at what the encoder makes of the target, where that is nearer than any sample', async () => {
  const { make, asked } = gameOf(Float32Array.of(3.1, -1));
  const { number, z, by, distance, longest } = await startNear(make, plan, { of, at, target });
  expect(number).toBe(3);
  expect(by).toBe('encoder');
  expect(distance).toBeCloseTo(0.1 / Math.SQRT2, 5);
  expect(longest).toBeCloseTo(Math.max(...PROBED) * Math.sqrt(encoded.length), 3);
  expect(z).toEqual(encoded);
  expect(asked.map((each) => each.numbers.length)).toEqual([PROBED.length, 1, 1]);
  expect(Object.values(asked[1]?.given ?? {})).toEqual([target]);
});

test('and at the nearest sample, where it is not', async () => {
  const { make } = gameOf(Float32Array.of(9, 9));
  const { z, by, distance } = await startNear(make, plan, { of, at, target });
  expect(z).toEqual(encoded.map(() => 3));
  expect(by).toBe('sample');
  expect(distance).toBeCloseTo(0.25 / Math.SQRT2, 5);
});

test('an encoder that is taught on fakes alone is asked too; a generator from the plane to the plane is none', async () => {
  const asked: SampleRequest[] = [];
  const readBy = async (
    example: Parameters<typeof loadExample>[0],
    noise: string,
    size: number,
    dims: number,
  ) => {
    const make = async (request: SampleRequest): Promise<Sampled> => {
      asked.push(request);
      const rows = request.numbers.length;
      const samples = tensor(new Float32Array(rows * dims), dims);
      const image = { ...samples, dims: dims > 2 ? [rows, 12, 12, 1] : [rows, dims] };
      const isNoise = request.of.node !== 'fake';
      const drawn = tensor(new Float32Array(rows * size), size);
      return { samples: isNoise ? drawn : image, read: { [noise]: drawn } };
    };
    const target = new Float32Array(dims).fill(1);
    await startNear(make, planOf(loadExample(example)), { of, at: noise, target });
    return asked.splice(0).map((request) => [request.of.node, ...Object.keys(request.given ?? {})]);
  };
  expect(await readBy('projection', 'z.out', 8, 144)).toEqual([
    ['fake'],
    ['guess', 'fake.x'],
    ['fake', 'z.out'],
  ]);
  expect(await readBy('gan-lab', 'z.out', 2, 2)).toEqual([['fake']]);
});
