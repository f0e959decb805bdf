import type * as z from 'zod';
import type { NodeDefinition } from '@/lib/nodes/define';
import { paramMeta, type Reference } from '@/lib/nodes/params';

/** What shared code reads off a kind's parameters, worked out once per kind. */
export interface ReferenceField {
  readonly param: string;
  readonly reference: Reference;
}

const cache = new WeakMap<NodeDefinition, readonly ReferenceField[]>();

/** The parameters of a kind that name something in the graph. */
export function referencesOf(definition: NodeDefinition): readonly ReferenceField[] {
  const known = cache.get(definition);
  if (known) return known;
  const fields = Object.entries(definition.params.shape).flatMap(([param, schema]) => {
    const { reference } = paramMeta(schema as z.ZodType);
    return reference ? [{ param, reference }] : [];
  });
  cache.set(definition, fields);
  return fields;
}

export const hasParam = (definition: NodeDefinition, name: string): boolean =>
  Object.hasOwn(definition.params.shape, name);
