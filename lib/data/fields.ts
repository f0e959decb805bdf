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
