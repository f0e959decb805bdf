import * as z from 'zod';
import { param } from '@/lib/graph/param';

/** Option fields that many sources have. */
export const position = (value: number, label: string, help: string) =>
  param(z.number().min(-1000).max(1000).default(value), { label, help, step: 0.1 });

export const length = (value: number, label: string, help: string) =>
  param(z.number().min(0.001).max(1000).default(value), { label, help, step: 0.1 });

/** The deviation of a mode; never 0, so that a density exists. */
export const deviation = (value: number, help = 'Of each mode, along every axis.') =>
  param(z.number().min(0.0001).max(100).default(value), { label: 'Standard deviation', help, step: 0.01 });

/** Gaussian noise added to points of a curve. */
export const noise = (value: number) =>
  param(z.number().min(0).max(100).default(value), {
    label: 'Noise',
    help: 'Standard deviation of the Gaussian noise added to both coordinates.',
    step: 0.01,
  });

/** The side of a square image. */
export const imageSide = (value: number, low: number, high: number) =>
  param(z.int().min(low).max(high).default(value), {
    label: 'Size',
    help: 'Height and width of an image.',
    unit: 'px',
    step: 1,
  });

/** Whether what is drawn stands anywhere, or all in one place. */
export const placesChoice = (help: string) =>
  param(z.enum(['all', 'middle']).default('all'), { label: 'Places', help });

/** Why shares do not sum to 1; undefined where they do. */
export function sumProblem(what: string, shares: readonly number[]): string | undefined {
  const sum = shares.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) < 1e-6) return undefined;
  return `The ${shares.length} ${what} sum to ${Number(sum.toPrecision(6))}; they must sum to 1`;
}
