import { glyphs } from '@/lib/data/glyphs/glyphs';
import { nearestClasses } from '@/lib/metrics/testing/nearest-classes';
import { defined } from '@/lib/util/assert';
import { createStream, permutation } from '@/lib/util/random';
import type { Figures } from './system';

const PIXELS = 28 * 28;
const CLASSES = 10;
const REFERENCES = 2_000;
const LEAST_SHARE = 0.03;
const MOST_DISTANCE = 0.6;

/**
 * Are these digits? Each sample takes the class of its nearest real glyph; `classes` have 3 % of the samples
 * or more, `distance` is the mean to the nearest, as a share of the untrained generator's.
 * The control: the same samples with their pixels in another order, the same for all, must not pass.
 */
export function glyphFigures(untrained: Float32Array, trained: Float32Array): Figures {
  const reference = drawReference();
  const before = nearestClasses(untrained, reference, PIXELS, CLASSES).meanDistance;
  const judge = (samples: Float32Array) => {
    const { shares, meanDistance } = nearestClasses(samples, reference, PIXELS, CLASSES);
    return {
      classes: shares.filter((share) => share >= LEAST_SHARE).length,
      distance: meanDistance / before,
    };
  };
  const passes = ({ classes, distance }: ReturnType<typeof judge>) =>
    classes >= 8 && distance <= MOST_DISTANCE;
  const real = judge(trained);
  const shuffled = judge(shufflePixels(trained));
  return {
    classes: real.classes,
    distance: real.distance,
    'shuffled/classes': shuffled.classes,
    'shuffled/distance': shuffled.distance,
    'shuffled/passes': Number(passes(shuffled)),
  };
}

function drawReference() {
  const stream = createStream('systems', 'glyphs', 'reference');
  const { x, labels } = glyphs.draw(glyphs.options.parse({}), REFERENCES, stream);
  return { x, labels: defined(labels, 'labels') };
}

/** One permutation of the pixels for all images: ink and contrast stay, strokes do not. */
function shufflePixels(images: Float32Array): Float32Array {
  const order = permutation(PIXELS, createStream('systems', 'glyphs', 'shuffle'));
  return images.map((_, i) => images[i - (i % PIXELS) + (order[i % PIXELS] as number)] as number);
}
