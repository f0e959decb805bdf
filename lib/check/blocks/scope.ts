import { type Block, type Graph, type GraphNode, type Params, splitEndpoint } from '@/lib/graph/schema';
import { isById, rewriteReferences } from '../rewrite-references';

/** What names mean inside a block, and the values that a use gives to what its block exposes. */

/** Where names mean something: the ids that an inside has, the path to it, and what is around it. */
export interface Scope {
  readonly prefix: string;
  readonly ids: ReadonlySet<string>;
  readonly outer: Scope | undefined;
}

/** Values by parameter, and where the names among them mean something. */
export type Values = ReadonlyMap<string, { readonly value: Params[string]; readonly scope: Scope }>;

export const scopeOf = (
  inside: Pick<Graph, 'networks' | 'nodes'>,
  prefix: string,
  outer: Scope | undefined,
): Scope => ({
  prefix,
  outer,
  ids: new Set([...inside.networks, ...inside.nodes].map(({ id }) => id)),
});

/** A node with the names among its parameters as they are in the plain graph. */
export const follow = (node: GraphNode, scope: Scope): GraphNode =>
  scope.prefix === ''
    ? node
    : rewriteReferences(node, (reference, value) =>
        isById(reference) ? plainName(value, scope) : undefined,
      );

/** What a name means: what is here by it, or else around. */
function plainName(name: string, scope: Scope): string | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) if (at.ids.has(name)) return at.prefix + name;
  return undefined;
}

export function withOverrides(node: GraphNode, overrides: Values | undefined): GraphNode {
  if (!overrides) return node;
  const params = { ...node.params };
  for (const [name, { value, scope }] of overrides)
    params[name] = follow({ ...node, params: { [name]: value } }, scope).params[name] ?? value;
  return { ...node, params };
}

/** The values that a use gives, by the inner nodes whose parameters they stand for. */
export function overridesOf(block: Block, values: Values): ReadonlyMap<string, Values> {
  const overrides = new Map<string, Map<string, { value: Params[string]; scope: Scope }>>();
  for (const { name, to } of block.params) {
    const given = values.get(name);
    if (!given) continue;
    for (const end of to) {
      const { id, port } = splitEndpoint(end);
      overrides.set(id, (overrides.get(id) ?? new Map()).set(port, given));
    }
  }
  return overrides;
}
