import { type Sign, type SignPaths, signPaths } from '@/lib/draw/sign';
import type { NodeDefinition } from './define';

/** What a kind declares of its own looks, else the function that an activation is; nothing where its category must do. */
export function signOf(
  definition: NodeDefinition,
  params: Readonly<Record<string, unknown>>,
): Sign | undefined {
  const own = definition.sign?.(params as never);
  if (own) return own;
  const maps = definition.category === 'Activations' ? definition.traits?.maps : undefined;
  return maps && { type: 'curve', of: (x) => maps(x, params) ?? Number.NaN };
}

/** The same as paths. */
export function drawnSign(
  definition: NodeDefinition,
  params: Readonly<Record<string, unknown>>,
): SignPaths | undefined {
  const sign = signOf(definition, params);
  return sign && signPaths(sign);
}
