import type { CheckedNode } from '@/lib/check/checked';
import { referencesOf } from '@/lib/check/definition-facts';
import { letterOf, type Named, nameOf } from '@/lib/check/names';
import { paramMeta } from '@/lib/nodes/params';
import { readCall } from '@/lib/nodes/role-params';
import { drawnSign } from '@/lib/nodes/sign-of';
import { formatDims } from '@/lib/shapes/shape';
import { formatCount } from '@/lib/util/format-count';
import { quantity } from '@/lib/util/sentence';

/** What a card says. Pure text, from the kind and the check. */

export function captionOf(checked: CheckedNode, named: Named): string {
  const { node, use, definition, outputShapes } = checked;
  if (use) return [node.state, quantity(use.block.nodes.length, 'node')].filter(Boolean).join(' · ');
  if (!definition) return 'Unknown kind';
  const own = ownCaption(checked, named);
  if (definition.role === 'network-output' || definition.role === 'network-input') {
    const shape = [...outputShapes.values()][0];
    return [own, shape && formatDims(shape.dims)].filter(Boolean).join(' ');
  }
  if (definition.role === 'call') return callCaption(checked, own);
  const state = node.state === 'bypassed' ? 'bypassed' : node.state === 'muted' ? 'muted' : undefined;
  return [state, own].filter(Boolean).join(' · ');
}

/** What the kind says of its parameters; of a layer that says and draws nothing, the shape that it makes. */
export function ownCaption(checked: CheckedNode, named: Named): string {
  const { node, definition, params, outputShapes } = checked;
  const own = definition?.caption?.(namedParams(checked, named) as never);
  if (own || node.network === undefined) return own ?? '';
  if (definition?.role !== 'layer' && definition?.role !== 'op') return '';
  const [shape] = outputShapes.values();
  return shape && !drawnSign(definition, params) ? formatDims(shape.dims) : '';
}

/** The parameters with what they refer to by its name: the sign of a network, the title of a node. */
function namedParams({ definition, params }: CheckedNode, named: Named): Readonly<Record<string, unknown>> {
  const references = definition ? referencesOf(definition) : [];
  const names = references.flatMap(({ param, reference }) => {
    const id = params[param];
    if (typeof id !== 'string' || id === '') return [];
    const network = reference.to === 'network' ? named.networks.get(id)?.network : undefined;
    if (network) return [[param, letterOf(network)]];
    return reference.to === 'node' && named.nodes.has(id) ? [[param, nameOf(named, id)]] : [];
  });
  return names.length > 0 ? { ...params, ...Object.fromEntries(names) } : params;
}

/** The title names the network already; one of the user's own need not say that it runs backwards. */
function callCaption({ node, params }: CheckedNode, own: string): string {
  const parts = own.split(' · ');
  return (node.title && readCall(params).inverse ? parts : parts.slice(1)).join(' · ');
}

/** The text of a note: its field that holds Markdown. */
export function markdownOf({ definition, params }: CheckedNode): string | undefined {
  if (definition?.role !== 'note') return undefined;
  for (const [name, field] of Object.entries(definition.params.shape))
    if (paramMeta(field as never).input === 'markdown') return String(params[name] ?? '');
  return '';
}

/** 1.2 M: for where room is short. */
export function formatShortCount(value: number): string {
  if (value < 10_000) return formatCount(Math.round(value));
  for (const [unit, size] of [
    ['T', 1e12],
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const)
    if (value >= size) return `${(value / size).toPrecision(3)} ${unit}`;
  return String(value);
}
