import type * as z from 'zod';
import { type ParamMeta, paramMeta } from '@/lib/graph/param';
import { formatCount } from '@/lib/util/format-count';

/** What control a parameter takes, read from its schema. Validation stays with the schema itself. */
export type Control =
  | ({ readonly type: 'number' } & NumberRange)
  | { readonly type: 'choice'; readonly options: readonly string[] }
  /** Names, each with a number; the names are ports. */
  | { readonly type: 'terms'; readonly range: NumberRange }
  | { readonly type: 'switch' | 'text' | 'dims' | 'object' | 'json' | 'points' };

export interface NumberRange {
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** The limit itself is not allowed. */
  readonly above: boolean;
  readonly below: boolean;
  readonly whole: boolean;
  /** Takes a ramp too. */
  readonly scheduled: boolean;
}

export interface Field {
  readonly name: string;
  readonly meta: ParamMeta;
  readonly schema: z.ZodType;
  readonly control: Control;
  readonly nullable: boolean;
  readonly fallback: unknown;
}

/** The few members of zod's schemas that are read here. */
interface Inner {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
}
const inner = (schema: z.ZodType): Inner => schema.def as unknown as Inner;

export function describeFields(schema: z.ZodObject): readonly Field[] {
  return Object.entries(schema.shape).map(([name, field]) => describeField(name, field as z.ZodType));
}

export function describeField(name: string, schema: z.ZodType): Field {
  const meta = paramMeta(schema);
  let bare = schema;
  let nullable = false;
  for (let next: z.ZodType | undefined = schema; next; next = inner(next).innerType) {
    bare = next;
    if (inner(next).type === 'nullable') nullable = true;
  }
  const fallback = schema.safeParse(undefined);
  return {
    name,
    meta,
    schema,
    nullable,
    fallback: fallback.success ? fallback.data : undefined,
    control: describeControl(bare, meta),
  };
}

function describeControl(schema: z.ZodType, meta: ParamMeta): Control {
  if (meta.fields) return { type: 'object' };
  if (meta.input === 'json' || meta.input === 'points') return { type: meta.input };
  const { type, options = [], element, valueType } = inner(schema);
  switch (type) {
    case 'number':
      return { type: 'number', ...rangeOf(schema as z.ZodNumber), scheduled: false };
    case 'union': {
      const choice = options.find((option) => inner(option).type === 'enum');
      if (choice) return describeControl(choice, meta);
      const range = meta.live ? scheduledRange(options) : undefined;
      return range ? { type: 'number', ...range } : { type: 'json' };
    }
    case 'record': {
      const range = valueType && meta.live ? scheduledRange(inner(valueType).options) : undefined;
      return range ? { type: 'terms', range } : { type: 'json' };
    }
    case 'enum':
      return { type: 'choice', options: (schema as z.ZodEnum).options.map(String) };
    case 'boolean':
      return { type: 'switch' };
    case 'string':
      return { type: 'text' };
    case 'array':
      return element && inner(element).type === 'number' ? { type: 'dims' } : { type: 'json' };
    default:
      return { type: 'json' };
  }
}

/** The limits of a number that may be a ramp, among the options of its schema. */
function scheduledRange(options: readonly z.ZodType[] = []): NumberRange | undefined {
  const number = options.find((option) => inner(option).type === 'number');
  return number && { ...rangeOf(number as z.ZodNumber), scheduled: true };
}

/** The tightest of the schema's limits. */
function rangeOf(schema: z.ZodNumber): Omit<NumberRange, 'scheduled'> {
  let range: Omit<NumberRange, 'scheduled' | 'whole'> = {
    min: undefined,
    max: undefined,
    above: false,
    below: false,
  };
  for (const { _zod } of schema.def.checks ?? []) {
    const { check, value, inclusive } = _zod.def as { check: string; value?: number; inclusive?: boolean };
    if (value === undefined) continue;
    if (check === 'greater_than' && value >= (range.min ?? -Infinity))
      range = { ...range, min: value, above: !inclusive };
    if (check === 'less_than' && value <= (range.max ?? Infinity))
      range = { ...range, max: value, below: !inclusive };
  }
  return { ...range, whole: schema.isInt };
}

/** 0.001 rather than 1e-3 where it is short enough to read. */
export function formatNumber(value: number): string {
  if (value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6)) return String(value);
  return value.toExponential();
}

/** `1 … 16,384`, `> 0`, `0 ≤ … < 1`. */
export function formatRange({ min, max, above, below, whole }: NumberRange): string {
  const show = (value: number) =>
    Math.abs(value) >= 1e6 ? value.toExponential() : whole ? formatCount(value) : formatNumber(value);
  if (min !== undefined && max !== undefined)
    return above || below
      ? `${show(min)} ${above ? '<' : '≤'} … ${below ? '<' : '≤'} ${show(max)}`
      : `${show(min)} … ${show(max)}`;
  if (min !== undefined) return `${above ? '>' : '≥'} ${show(min)}`;
  if (max !== undefined) return `${below ? '<' : '≤'} ${show(max)}`;
  return whole ? 'a whole number' : 'a number';
}

/** Why a value does not fit its field, or undefined. */
export function findFault(field: Field, value: unknown): string | undefined {
  const result = field.schema.safeParse(value);
  if (result.success) return undefined;
  if (field.control.type === 'number')
    return `${field.control.whole ? 'Whole, ' : ''}${formatRange(field.control)}`;
  return result.error.issues[0]?.message ?? 'Does not fit';
}
