import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { labelsOf, labelsPython, wordsOf } from '../../attributes';
import { imageSide } from '../../fields';
import { pythonSource } from '../../python';
import { defineSource } from '../../source';
import { drawFace, hairs, paintFace, skins } from './face';
import { facesPython } from './faces-python';
import { facePython, readFace } from './read-face';

const attributes = [
  { name: 'glasses', values: ['without glasses', 'glasses'] },
  { name: 'smile', values: ['serious', 'smiling'] },
  { name: 'hair', values: hairs.map(({ name }) => `${name} hair`) },
  { name: 'skin', values: skins.map(({ name }) => `${name} skin`) },
] as const;
const words = wordsOf(attributes);

/** Drawn faces, and what is to be seen of them as labels, each one-hot among its own. */
export const faces = defineSource({
  id: 'faces',
  title: 'Faces',
  summary: 'Drawn faces, with and without glasses and a smile, of three hairs and two skins.',
  family: 'Images',
  options: z.strictObject({
    size: imageSide(32, 24, 64),
    jitter: param(z.number().min(0).max(1).default(1), {
      label: 'Jitter',
      help: 'How far faces stand off the middle; 0 aligns them, so that eyes are always in the same place.',
      step: 0.1,
    }),
  }),
  ports: ({ size }) => ({ x: [size, size, 3], labels: [words.length] }),
  classes: () => words,
  draw({ size, jitter }, rows, stream) {
    const pixels = size * size * 3;
    const x = new Float32Array(rows * pixels);
    const drawn = Array.from({ length: rows }, (_, row) => {
      const face = drawFace(stream, jitter);
      paintFace(face, size, x.subarray(row * pixels, (row + 1) * pixels));
      return attributes.map(({ name }) => face[name]);
    });
    return { x, labels: labelsOf(drawn, attributes) };
  },
  truth: ({ size }) => ({
    attributes,
    read: (sample) => readFace(sample, size),
    python: { read: facePython },
  }),
  python: ({ size, jitter }) =>
    pythonSource(
      `images, hot = draw_faces(rng, rows, ${size}, ${jitter})
return {"x": images, "labels": ${labelsPython(attributes)}}`,
      facesPython,
    ),
});
