import { describe, expect, it } from 'vitest';
import { createStream, permutation } from '@/lib/util/random';
import { processorTime } from '@/lib/util/testing/processor-time';
import { glyphs } from './glyphs';

const options = glyphs.options.parse({});
const labelsOf = (labels: Float32Array) =>
  Array.from({ length: labels.length / 10 }, (_, row) => labels.subarray(row * 10, row * 10 + 10).indexOf(1));

function drawn(rows: number, seed: number, given = options) {
  const { x, labels } = glyphs.draw(given, rows, createStream(seed));
  return { x, digits: labelsOf(labels as Float32Array) };
}

/** Share of test images whose nearest training image is of another digit. */
function nearestError(train: ReturnType<typeof drawn>, test: ReturnType<typeof drawn>, size: number): number {
  let wrong = 0;
  test.digits.forEach((digit, row) => {
    let best = Number.POSITIVE_INFINITY;
    let guess = -1;
    train.digits.forEach((candidate, other) => {
      let squared = 0;
      for (let i = 0; i < size && squared < best; i++)
        squared += ((test.x[row * size + i] as number) - (train.x[other * size + i] as number)) ** 2;
      if (squared >= best) return;
      best = squared;
      guess = candidate;
    });
    if (guess !== digit) wrong++;
  });
  return wrong / test.digits.length;
}

/** Permutes every image's pixels in its own way. */
function shuffled({ x, digits }: ReturnType<typeof drawn>, seed: number, size: number) {
  const out = new Float32Array(x.length);
  digits.forEach((_, row) => {
    const order = permutation(size, createStream(seed, row));
    for (let i = 0; i < size; i++) out[row * size + i] = x[row * size + (order[i] as number)] as number;
  });
  return { x: out, digits };
}

describe('glyphs', () => {
  const train = drawn(2000, 1);
  const test = drawn(500, 2);

  it('are recognised by their nearest neighbour; shuffled pixels are not', () => {
    expect(nearestError(train, test, 784)).toBeLessThanOrEqual(0.03);
    expect(nearestError(shuffled(train, 3, 784), shuffled(test, 4, 784), 784)).toBeGreaterThan(0.5);
  });

  it('lie in [-1, 1] on paper of -1, with ink in every image and none cut off at the border', () => {
    expect(train.x.every((value) => value >= -1 && value <= 1)).toBe(true);
    for (let row = 0; row < 2000; row++) {
      const image = train.x.subarray(row * 784, row * 784 + 784);
      let ink = 0;
      let border = 0;
      image.forEach((value, i) => {
        if (value > 0) ink++;
        const [y, x] = [Math.floor(i / 28), i % 28];
        if (value > 0 && (x === 0 || y === 0 || x === 27 || y === 27)) border++;
      });
      expect(ink).toBeGreaterThan(20);
      expect(ink).toBeLessThan(300);
      expect(border).toBeLessThan(6);
    }
  });

  it('differ from image to image', () => {
    const ones = train.digits.flatMap((digit, row) => (digit === 1 ? [row] : [])).slice(0, 30);
    const images = new Set(ones.map((row) => train.x.subarray(row * 784, row * 784 + 784).join()));
    expect(images.size).toBe(ones.length);
  });

  it('are drawn at every size', () => {
    for (const size of [8, 16, 64]) {
      const given = glyphs.options.parse({ size });
      const area = size * size;
      // Half the neighbours, and at 8 px less to see.
      expect(nearestError(drawn(1000, 5, given), drawn(100, 6, given), area)).toBeLessThanOrEqual(0.1);
    }
  });

  it('come at 3,000 a second or more', () => {
    const times = [7, 8, 9].map((seed) => {
      const started = processorTime();
      drawn(1000, seed);
      return processorTime() - started;
    });
    expect(Math.min(...times)).toBeLessThan(1000 / 3);
  });
});
