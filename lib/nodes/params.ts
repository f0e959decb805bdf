import { z } from 'zod';

/**
 * Parameter fields. Every field carries what the inspector, the help and the docs show: label, help, step,
 * unit; whether it acts at once (`live`); and whether it names something in the graph (`reference`), so that
 * copy, rename and delete rewrite it without knowing kinds.
 */
export interface ParamMeta {
  readonly label: string;
  readonly help: string;
  readonly step?: number;
  readonly unit?: string;
  /** Acts without recompiling, and takes a ramp. */
  readonly live?: boolean;
  readonly reference?: Reference;
  /** A hint for the inspector where the schema alone does not say it. */
  readonly input?: 'text' | 'markdown' | 'dims' | 'json' | 'log';
}

/** `network`: an id; `port`: a port name of the network that the field `of` names; `node`: an id of that role. */
export type Reference =
  | { readonly to: 'network' }
  | { readonly to: 'input' | 'output'; readonly of: string }
  | { readonly to: 'node'; readonly role: string };

const metas = new WeakMap<z.ZodType, ParamMeta>();

/** Attaches what people are told about a field. */
export function param<T extends z.ZodType>(schema: T, meta: ParamMeta): T {
  const described = schema.meta({ title: meta.label, description: meta.help }) as T;
  metas.set(described, meta);
  return described;
}

/** The meta of a field made by `param`; a field without it is a programmer's error that a test finds. */
export function paramMeta(schema: z.ZodType): ParamMeta {
  const meta = metas.get(schema);
  if (!meta) throw new Error('A parameter was declared without param()');
  return meta;
}

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

/** Parameters with every ramp replaced by its value at `progress`. */
export function resolveParams<P extends Record<string, unknown>>(params: P, progress: number) {
  const resolved: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params))
    resolved[name] = isRamp(value) ? valueAt(value, progress) : value;
  return resolved as { readonly [K in keyof P]: Exclude<P[K], Ramp> };
}

/** Sizes of a tensor without the batch axis: `[7, 7, 128]`. */
export const dims = z.array(z.int().min(1).max(65_536)).min(1).max(5);
