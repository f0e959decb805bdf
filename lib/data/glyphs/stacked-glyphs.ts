import { pythonSource } from '../python';
import { defineSource } from '../source';
import { digits, glyphs } from './glyphs';
import { glyphsPython } from './glyphs-python';

const channels = ['red', 'green', 'blue'] as const;
const words = channels.flatMap((channel) => digits.map((digit) => `${channel} ${digit}`));

/**
 * Three digits in the three channels of one image: a thousand classes, few enough to be drawn and too many to be
 * learned by heart (stacked MNIST; Metz et al. 2017, Srivastava et al. 2017).
 */
export const stackedGlyphs = defineSource({
  id: 'stacked-glyphs',
  title: 'Stacked glyphs',
  summary: 'Three written digits, one in each channel: a thousand classes with equal chance.',
  family: 'Images',
  options: glyphs.options,
  ports: ({ size }) => ({ x: [size, size, 3], labels: [words.length] }),
  classes: () => words,
  judged: 'channels',
  draw(options, rows, stream) {
    const single = glyphs.draw(options, 3 * rows, stream);
    const pixels = options.size ** 2;
    const x = new Float32Array(rows * pixels * 3);
    for (let row = 0; row < rows; row++)
      for (let channel = 0; channel < 3; channel++)
        for (let pixel = 0; pixel < pixels; pixel++)
          x[(row * pixels + pixel) * 3 + channel] = single.x[(3 * row + channel) * pixels + pixel] as number;
    // One image's labels are those of its three digits, side by side.
    return { x, labels: single.labels };
  },
  truth: () => ({ attributes: channels.map((name) => ({ name, values: digits })) }),
  python: ({ size, variation }) =>
    pythonSource(
      `single = draw_glyphs(rng, 3 * rows, size=${size}, variation=${variation})
images = single["x"].reshape(rows, 3, ${size}, ${size}).transpose(0, 2, 3, 1)
return {"x": images, "labels": single["labels"].reshape(rows, ${words.length})}`,
      glyphsPython,
    ),
});
