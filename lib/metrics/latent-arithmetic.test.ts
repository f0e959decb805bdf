import { expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { addUp, arithmeticFigures, drawSums } from './latent-arithmetic';

/** Of two numbers: the first says whether there are glasses, the second whether there is a smile. */
const read = (z: Float32Array) =>
  Array.from({ length: z.length / 2 }, (_, row) => ({
    values: [Number((z[2 * row] as number) > 0), Number((z[2 * row + 1] as number) > 0)],
    legal: true,
  }));
const glasses = { attribute: 0, value: 1 };
// As far apart as two halves of a crowd, and as near to their middles.
const crowd = (rows: number) => {
  const stream = createStream('crowd');
  return Float32Array.from(
    { length: 2 * rows },
    () => (stream.integer(2) === 1 ? 1 : -1) + 0.2 * stream.normal(),
  );
};

test('to the mean of some, that of others with it is added, less that of some without', () => {
  const z = Float32Array.from([1, 10, 2, 20, 4, 40]);
  expect(Array.from(addUp(z, 2, [{ start: [0, 2], plus: [1, 2], minus: [0, 1] }]))).toEqual([4, 40]);
});

test('where latents hold attributes apart, the one asked for comes, and others stay with an average of many', () => {
  const z = crowd(400);
  const before = read(z);
  const figuresOf = (average: number) => {
    const sums = drawSums(before, glasses, average, 300, createStream('sums', average));
    for (const { start } of sums) {
      const looks = new Set(start.map((row) => before[row]?.values.join()));
      expect(start).toHaveLength(average);
      expect([['0,0'], ['0,1']]).toContainEqual([...looks]);
    }
    return arithmeticFigures(before, read(addUp(z, 2, sums)), glasses, sums);
  };
  const [one, many] = [figuresOf(1), figuresOf(30)];
  expect(many.hit).toBeGreaterThan(0.98);
  expect(many.kept).toBeGreaterThan(0.95);
  // One pair alone brings its own smiles along: both with or both without cancel, others push.
  expect(one.kept).toBeLessThan(many.kept - 0.1);
});

test('a generator whose latents say nothing of the attribute is at chance', () => {
  const z = crowd(400);
  const stream = createStream('blind');
  const blind = (rows: number) =>
    Array.from({ length: rows }, () => ({
      values: [stream.integer(2), stream.integer(2)],
      legal: true,
    }));
  const before = blind(400);
  const sums = drawSums(before, glasses, 3, 500, createStream('sums'));
  const { hit } = arithmeticFigures(before, blind(sums.length), glasses, sums);
  expect(addUp(z, 2, sums)).toHaveLength(1_000);
  expect(Math.abs(hit - 0.5)).toBeLessThan(0.1);
});

test('samples that are all alike make no sums', () => {
  expect(drawSums(read(Float32Array.from([1, 1, 2, 2])), glasses, 3, 10, createStream(1))).toEqual([]);
});

test('means are of clear samples', () => {
  const readings = read(crowd(400)).map((reading, row) => ({ ...reading, legal: row % 2 === 0 }));
  const used = drawSums(readings, glasses, 5, 50, createStream('clear')).flatMap(({ start, plus, minus }) => [
    ...start,
    ...plus,
    ...minus,
  ]);
  expect(used.filter((row) => row % 2 === 1)).toEqual([]);
  expect(
    drawSums(
      readings.map((reading) => ({ ...reading, legal: false })),
      glasses,
      5,
      50,
      createStream(1),
    ),
  ).toEqual([]);
});
