import './no-eval';
import * as z from 'zod';

/** Numbers that may change over a run. */

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
