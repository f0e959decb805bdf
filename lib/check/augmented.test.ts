import { expect, test } from 'vitest';
import { findExample } from '@/lib/examples/catalogue';
import { checkGraph } from './check';
import { parseDocument } from './parse';

test('real and fake that go through one node stay apart: each player’s cost is its own', () => {
  const document = JSON.parse(JSON.stringify(findExample('dcgan-glyphs')?.document));
  const params = { network: 'D', input: 'image', output: 'score' };
  document.nodes.push({ id: 'both', kind: 'adaptive-augment', at: [0, 0], params });
  const through = { 'fake.image': 'fake', 'data.x': 'real' } as const;
  document.wires = document.wires.flatMap(([from, to]: [keyof typeof through, string]) =>
    to.startsWith('d-') && through[from]
      ? [
          [from, `both.${through[from]}`],
          [`both.${through[from]}`, to],
        ]
      : [[from, to]],
  );
  const parsed = parseDocument(JSON.stringify(document));
  const checked = parsed.ok ? checkGraph(parsed.graph) : undefined;
  expect(checked?.nodes.get('both')?.wiredTo).toHaveLength(2);
  expect(checked?.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
});
