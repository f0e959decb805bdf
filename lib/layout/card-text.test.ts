import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { ring } from '@/lib/check/testing/graphs';
import { paramMeta } from '@/lib/nodes/params';
import { findDefinition, registry } from '@/lib/nodes/registry';
import { captionOf } from './card-text';

/** Names that no id is. */
const renamed = {
  ...ring,
  networks: ring.networks.map((network) => ({ ...network, name: `The ${network.id} of all` })),
  nodes: ring.nodes.map((node) => (node.id === 'data' ? { ...node, title: 'Eight heaps' } : node)),
};

const referring = registry.flatMap(({ kind, params }) => {
  const fields = Object.entries(params.shape).flatMap(([name, field]) => {
    const reference = paramMeta(field as never).reference;
    return reference?.to === 'network' || reference?.to === 'node' ? [[name, reference.to] as const] : [];
  });
  return fields.length > 0 && kind !== 'call' ? [{ kind, fields }] : [];
});

test.each(referring)('$kind calls what it refers to by its name', ({ kind, fields }) => {
  const params = Object.fromEntries(fields.map(([name, to]) => [name, to === 'network' ? 'D' : 'data']));
  const graph = {
    ...renamed,
    nodes: [...renamed.nodes, { id: 'one', kind, at: [0, 0] as [number, number], params }],
  };
  const checked = checkGraph(graph as typeof ring);
  const node = checked.nodes.get('one');
  if (!node) throw new Error('no node');
  const caption = captionOf(node, checked);
  expect(caption).not.toMatch(/\bD\.|^D\b|\bdata\b/);
  if (
    findDefinition(kind)
      ?.caption?.(node.params as never)
      .match(/\bD\b|\bdata\b/)
  )
    expect(caption).toMatch(/The D of all|Eight heaps/);
});
