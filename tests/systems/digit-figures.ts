import { glyphs } from '@/lib/data/glyphs/glyphs';
import { nearestRows } from '@/lib/metrics/nearest';
import { channelsApart, judgeOf } from '@/lib/nodes/metrics/judge';
import { defined } from '@/lib/util/assert';
import type { Figures } from './system';

const LEAST_SHARE = 0.03;

/**
 * Is a real digit's class that of its neighbour among the samples? `classes` have 3 % of the samples or more, by a
 * classifier that was trained on real digits; `error` is that of naming real digits as the sample that is
 * nearest in pixels is named. Samples that are blurred, between classes or all alike mislead. Each channel of a
 * sample is a digit of its own.
 */
export const digitFigures =
  (size: number, channels = 1) =>
  (_: Float32Array, images: Float32Array): Figures => {
    const samples = channelsApart(images, [size, size, channels]);
    const options = glyphs.options.parse({ size });
    const judge = defined(
      judgeOf(
        {
          key: `digits ${size}`,
          count: 10,
          dims: [size, size, 1],
          draw(rows, stream) {
            const { x, labels } = glyphs.draw(options, rows, stream);
            return { x, labels: defined(labels, 'labels') };
          },
        },
        [size, size, 1],
      ),
      'judge',
    );
    const classes = judge.classify(samples);
    const { index } = nearestRows(judge.heldOut.x, samples, size * size);
    const wrong = index.reduce(
      (sum, sample, row) => sum + Number(classes[sample] !== judge.heldOut.classes[row]),
      0,
    );
    const shares = Array.from(
      { length: 10 },
      (_, k) => classes.filter((each) => each === k).length / classes.length,
    );
    return {
      classes: shares.filter((share) => share >= LEAST_SHARE).length,
      error: wrong / index.length,
      'classifier error': judge.error,
    };
  };
