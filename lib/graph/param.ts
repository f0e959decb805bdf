import type * as z from 'zod';

/**
 * What people read about a parameter: the inspector, the help and the docs show it. Kept beside the zod
 * schema of the field, for kinds and for the options of data sources alike.
 */
export interface ParamMeta {
  readonly label: string;
  readonly help: string;
  readonly step?: number;
  readonly unit?: string;
  /** Acts without recompiling, and takes a ramp. */
  readonly live?: boolean;
  /** Folded away until it is set: seldom needed. */
  readonly advanced?: true;
  /** It names something in the graph, so copy, rename and delete rewrite it without knowing kinds. */
  readonly reference?: Reference;
  /** A hint for the inspector where the schema alone does not say it. */
  readonly input?: 'text' | 'markdown' | 'dims' | 'json' | 'log' | 'points';
  /** For a field that holds an object whose own fields depend on the other parameters: their schema. */
  readonly fields?: (params: Readonly<Record<string, unknown>>) => z.ZodObject | undefined;
}

/** `network`: an id; `port`: a port name of the network that the field `of` names; `node`: an id of that role. */
export type Reference =
  | { readonly to: 'network' }
  | { readonly to: 'input' | 'output'; readonly of: string }
  | { readonly to: 'node'; readonly role: string };

const metas = new WeakMap<z.ZodType, ParamMeta>();

/** Attaches what people read about a field. */
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
