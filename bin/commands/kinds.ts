import * as z from 'zod';
import type { NodeDefinition } from '@/lib/nodes/define';
import { registry } from '@/lib/nodes/registry';

/** The registry as JSON: kind, role, place, category, parameters as JSON Schema, ports. */
export function kinds(): number {
  const described = (registry as readonly NodeDefinition[]).map((definition) => {
    const { kind, role, title, category, place, summary } = definition;
    const defaults = definition.params.parse({});
    const scope = { network: () => undefined };
    return {
      kind,
      role,
      title,
      category,
      place,
      summary,
      params: z.toJSONSchema(definition.params, { io: 'input', target: 'draft-2020-12' }),
      inputs: definition.inputs(defaults, scope),
      outputs: definition.outputs(defaults, scope),
    };
  });
  process.stdout.write(`${JSON.stringify(described, undefined, 2)}\n`);
  return 0;
}
