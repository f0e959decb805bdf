import * as z from 'zod';
import type { NodeDefinition } from '@/lib/nodes/define';
import { paramMeta } from '@/lib/nodes/params';
import { formatCount } from '@/lib/util/format-count';

/** A parameter as the reference lists it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly unit: string | undefined;
  /** As JSON; undefined where there is none. */
  readonly fallback: string | undefined;
  /** `1 … 16,384`, `relu / tanh`. */
  readonly range: string;
  readonly isLive: boolean;
}

/** What JSON Schema says of one field, as far as it is shown. */
interface Facts {
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
  readonly anyOf?: readonly Facts[];
}

export function fieldsOf({ shape }: z.ZodObject): readonly Field[] {
  return Object.entries(shape).map(([name, schema]) => {
    const type = schema as z.ZodType;
    const meta = paramMeta(type);
    const facts = factsOf(type);
    return {
      name,
      label: meta.label,
      help: meta.help,
      unit: meta.unit,
      fallback: facts.default === undefined ? undefined : JSON.stringify(facts.default),
      range: describeRange(facts),
      isLive: meta.live === true,
    };
  });
}

const factsOf = (type: z.ZodType) => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Facts;

/** What an object among the parameters holds where another one has this value: a data set's options. */
interface FieldOption {
  readonly name: string;
  readonly value: string;
  readonly fields: readonly Field[];
}

export function fieldOptionsOf({ params: { shape } }: NodeDefinition): readonly FieldOption[] {
  const types = Object.entries(shape) as [string, z.ZodType][];
  return types.flatMap(([name, type]) => {
    const { fields } = paramMeta(type);
    if (!fields) return [];
    return types.flatMap(([other, otherType]) =>
      (factsOf(otherType).enum ?? []).flatMap((value) => {
        const found = fieldsOf(fields({ [other]: value }) ?? z.object({}));
        return found.length > 0 ? [{ name, value: String(value), fields: found }] : [];
      }),
    );
  });
}

function describeRange(facts: Facts): string {
  if (facts.enum) return facts.enum.map(String).join(' / ');
  if (facts.type === 'boolean') return 'true / false';
  const numeric = facts.anyOf?.find(({ type }) => type === 'number' || type === 'integer') ?? facts;
  if (numeric.type !== 'number' && numeric.type !== 'integer') return '';
  const low = numeric.minimum ?? numeric.exclusiveMinimum;
  const high = numeric.maximum ?? numeric.exclusiveMaximum;
  const bound = (value: number | undefined) =>
    value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? '' : formatCount(value);
  if (!bound(low) && !bound(high)) return '';
  const above = numeric.minimum === undefined && low !== undefined ? 'above ' : '';
  const below = numeric.maximum === undefined && high !== undefined ? 'below ' : '';
  return `${above}${bound(low)} … ${below}${bound(high)}`.trim();
}
