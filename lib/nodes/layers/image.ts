import * as z from 'zod';
import type { Shape } from '@/lib/shapes/shape';
import { formatDims } from '@/lib/shapes/shape';
import { type Problem, problem } from '../define';
import { param } from '../params';

/** What the convolutions share: fields, and what to say of an input that is no image. */
export const filtersParam = param(z.int().min(1).max(4_096).default(32), {
  label: 'Filters',
  help: 'Channels of the output.',
  step: 1,
});

export const kernelSizeParam = (value: number) =>
  param(z.int().min(1).max(31).default(value), {
    label: 'Kernel size',
    help: 'Height and width of the window.',
    unit: 'px',
    step: 1,
  });

export const stridesParam = (value: number, help: string) =>
  param(z.int().min(1).max(16).default(value), { label: 'Strides', help, unit: 'px', step: 1 });

export const paddingParam = (help: string) =>
  param(z.enum(['same', 'valid']).default('same'), { label: 'Padding', help });

/** How many pixels one becomes, or how many become one, along each axis. */
export const poolSizeParam = (help: string) =>
  param(z.int().min(1).max(64).default(2), { label: 'Size', help, unit: 'px', step: 1 });

/** Why a tensor is no image [height, width, channels]; undefined where it is one. */
export function imageProblem(title: string, { dims }: Shape): Problem | undefined {
  if (dims.length === 3) return undefined;
  return problem({
    code: 'rank-mismatch',
    port: 'in',
    message: `${title} takes an image [height, width, channels], but gets ${formatDims(dims)}.`,
    hint: 'Put a Reshape before it.',
  });
}
