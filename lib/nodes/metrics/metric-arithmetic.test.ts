import { expect, test } from 'vitest';
import { faces } from '@/lib/data/images/faces/faces';
import { valuesOfGroups } from '@/lib/metrics/attributes';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import { metricArithmetic } from './metric-arithmetic';

/** Latents are what is to be seen of a face, and the generator draws a face of which this is so. */
const SIZES = [2, 2, 3, 2];
const WIDTH = 9;
const options = { size: 32, jitter: 1 };
const drawn = faces.draw(options, 300, createStream('faces'));
const [images, labels] = [drawn.x as Float32Array, drawn.labels as Float32Array];
const PIXELS = 32 * 32 * 3;
const generate = (z: Float32Array): Float32Array => {
  const known = valuesOfGroups(labels, SIZES).map((values) => values.join());
  const made = valuesOfGroups(z, SIZES).map((values) => {
    const row = known.indexOf(values.join());
    return images.subarray(row * PIXELS, (row + 1) * PIXELS);
  });
  return Float32Array.from(made.flatMap((image) => [...image]));
};
const tensor = (data: Float32Array, dims: readonly number[]) => ({ data, dims, label: '' });

function measure(attribute: string) {
  const params = metricArithmetic.params.parse({ attribute, average: 20, trials: 60 });
  const given = () => ({
    params,
    inputs: { z: [tensor(labels, [300, WIDTH])], samples: [tensor(images, [300, 32, 32, 3])] },
    truth: defined(faces.truth?.(options), 'what faces know'),
    stream: createStream('sums'),
  });
  const rows = metricArithmetic.reruns?.rows(given());
  const again = rows && tensor(generate(rows), [rows.length / WIDTH, 32, 32, 3]);
  return metricArithmetic.measure({ ...given(), ...(again && { again }) });
}

test('glasses come by a sum of latents, and the rest of a face stays', () => {
  const { hit, kept } = measure('glasses') as { hit: number; kept: number };
  expect(hit).toBeGreaterThan(0.95);
  expect(kept).toBeGreaterThan(0.9);
});

test('nothing is measured of an attribute that the data set does not know', () => {
  expect(measure('a hat')).toEqual({});
});
