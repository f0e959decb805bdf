import type * as z from 'zod';
import { type Block, type GraphNode, splitEndpoint } from '@/lib/graph/schema';
import { findDefinition } from '@/lib/nodes/registry';
import { resolveParams } from '../resolve-params';

/** A parameter that a block exposes: the field of the inner kind, and the value where a use sets none. */
interface Exposed {
  readonly name: string;
  readonly label: string | undefined;
  readonly schema: z.ZodType;
  readonly value: unknown;
}

/** Blocks within blocks that are followed. */
const DEEPEST = 16;

/** What a use of a block may set; what stands for nothing is left out. */
export const exposedBy = (blocks: readonly Block[], block: Block): readonly Exposed[] =>
  block.params.flatMap(({ name, label, to }) => {
    const found = to[0] === undefined ? undefined : findParam(blocks, block, to[0], DEEPEST);
    return found ? [{ ...found, name, label }] : [];
  });

function findParam(
  blocks: readonly Block[],
  block: Block,
  end: string,
  depth: number,
): Pick<Exposed, 'schema' | 'value'> | undefined {
  const { id, port } = splitEndpoint(end);
  const node = block.nodes.find((each) => each.id === id);
  if (!node || depth === 0) return undefined;
  if (node.block !== undefined) return findInner(blocks, node, port, depth);
  const definition = findDefinition(node.kind);
  const schema = definition?.params.shape[port] as z.ZodType | undefined;
  return definition && schema && { schema, value: resolveParams(node, definition).params[port] };
}

function findInner(blocks: readonly Block[], use: GraphNode, name: string, depth: number) {
  const inner = blocks.find(({ id }) => id === use.block);
  const to = inner?.params.find((param) => param.name === name)?.to[0];
  const found = inner && to !== undefined ? findParam(blocks, inner, to, depth - 1) : undefined;
  return found && (Object.hasOwn(use.params, name) ? { ...found, value: use.params[name] } : found);
}
