import { z } from 'zod';
import { param } from '@/lib/graph/param';
import { deviation } from '../fields';
import { defineSource } from '../source';
import { mixtureTruth } from '../truth';
import { drawMixture, mixturePorts } from './mixture';

const coordinate = z.number().min(-1000).max(1000);

/** A heart, (16 sin³t, 13 cos t - 5 cos 2t - 2 cos 3t - cos 4t) / 17, rounded to be read in a file. */
const heart: [number, number][] = Array.from({ length: 32 }, (_, k) => {
  const t = (2 * Math.PI * k) / 32;
  const y = 13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t);
  const round = (value: number) => Math.round(value * 100) / 100 + 0;
  return [round((16 * Math.sin(t) ** 3) / 17), round(y / 17)];
});

const modesOf = ({ points, sd }: { points: readonly (readonly number[])[]; sd: number }) => ({
  centres: points,
  sd,
});

/** A Gaussian of equal weight around each drawn point; no labels. */
export const drawn = defineSource({
  id: 'drawn',
  title: 'Drawn',
  summary: 'Points that you draw, each blurred a little.',
  family: 'Two dimensions',
  options: z.strictObject({
    points: param(
      z
        .array(z.tuple([coordinate, coordinate]))
        .min(1)
        .max(2000)
        .default(heart),
      { label: 'Points', help: 'Coordinates [x, y].', input: 'json' },
    ),
    sd: deviation(0.03, 'Blur around each point.'),
  }),
  ports: () => mixturePorts(2, 1),
  draw: (options, rows, stream) => ({ x: drawMixture(modesOf(options), rows, stream).x }),
  truth: (options) => mixtureTruth(modesOf(options)),
});
