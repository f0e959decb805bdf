import * as z from 'zod';
import { type ParamMeta, param } from '@/lib/graph/param';

export { type ParamMeta, param, paramMeta, type Reference } from '@/lib/graph/param';

/** Parameters that act at once: numbers that may be ramps over the run. */

/** A value that changes over a run; start and end are shares of the target iterations. */
export const rampSchema = z.strictObject({
  from: z.number(),
  to: z.number(),
  curve: z.enum(['linear', 'cosine', 'step']).default('linear'),
  start: z.number().min(0).max(1).default(0),
  end: z.number().min(0).max(1).default(1),
});
export type Ramp = z.output<typeof rampSchema>;
export type Scheduled = number | Ramp;

/** A number that may be a ramp, both ends within the number's own limits. */
export function scheduled(number: z.ZodNumber) {
  const within = rampSchema.extend({ from: number, to: number });
  return z.union([number, within]);
}

/** A live number field with its default. */
export const liveParam = (number: z.ZodNumber, value: number, meta: Omit<ParamMeta, 'live'>) =>
  param(scheduled(number).default(value), { ...meta, live: true });

export const isRamp = (value: unknown): value is Ramp =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

/** A scheduled value at `progress`, the share of the target iterations that is done. */
export function valueAt(value: Scheduled, progress: number): number {
  if (typeof value === 'number') return value;
  const { from, to, curve, start, end } = value;
  const span = end - start;
  const t = Math.min(1, Math.max(0, span > 0 ? (progress - start) / span : progress >= start ? 1 : 0));
  if (curve === 'step') return t < 1 ? from : to;
  const share = curve === 'cosine' ? (1 - Math.cos(Math.PI * t)) / 2 : t;
  return from + (to - from) * share;
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

/** A value in a sentence: `0.5`, or how it goes over the run: `from 1 to 0.1`. */
export function sayScheduled(value: Scheduled): string {
  if (typeof value === 'number') return String(value);
  const { from, to, curve, start, end } = value;
  if (curve === 'step') return `from ${from} to ${to} at ${end === 1 ? 'the end' : percent(end)} of the run`;
  const way = curve === 'cosine' ? ' along a cosine' : '';
  const isWhole = start === 0 && end === 1;
  return `from ${from} to ${to}${way}${isWhole ? '' : ` between ${percent(start)} and ${percent(end)} of the run`}`;
}

/** A value on a card: `0.5`, or both ends: `1 → 0.1`. */
export const scheduledCaption = (value: Scheduled, say: (value: number) => string = String): string =>
  typeof value === 'number' ? say(value) : `${say(value.from)} → ${say(value.to)}`;

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
