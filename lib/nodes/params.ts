import * as z from 'zod';
import { type ParamMeta, param } from '@/lib/graph/param';
import { isRamp, type Ramp, type Scheduled, scheduled, valueAt } from '@/lib/graph/scheduled';

export { type ParamMeta, param, paramMeta, type Reference } from '@/lib/graph/param';
export {
  isRamp,
  type Ramp,
  rampSchema,
  type Scheduled,
  sayScheduled,
  scheduled,
  scheduledCaption,
  valueAt,
} from '@/lib/graph/scheduled';

/** Parameters that act at once: numbers that may be ramps over the run. */

/** A live number field with its default. */
export const liveParam = (number: z.ZodNumber, value: number, meta: Omit<ParamMeta, 'live'>) =>
  param(scheduled(number).default(value), { ...meta, live: true });

/** Parameters at one moment of a run: every ramp is a number. */
export type Resolved<P> = {
  readonly [K in keyof P]: P[K] extends Readonly<Record<string, Scheduled>>
    ? Readonly<Record<string, number>>
    : Exclude<P[K], Ramp>;
};

/** Parameters with every ramp replaced by its value at `progress`, those by name in a parameter too. */
export function resolveParams<P extends Record<string, unknown>>(params: P, progress: number): Resolved<P> {
  const resolved: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) resolved[name] = resolveParam(value, progress);
  return resolved as Resolved<P>;
}

function resolveParam(value: unknown, progress: number): unknown {
  if (isRamp(value)) return valueAt(value, progress);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (!Object.values(value).some(isRamp)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, isRamp(each) ? valueAt(each, progress) : each]),
  );
}

/** Sizes of a tensor without the batch axis: `[7, 7, 128]`. */
export const dims = z.array(z.int().min(1).max(65_536)).min(1).max(5);
