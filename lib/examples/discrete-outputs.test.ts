import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import type { Graph } from '@/lib/graph/schema';
import document from './discrete-outputs.json' with { type: 'json' };

/** The document with another kind in the place of the choice. */
function chosenBy(kind: string): Graph {
  const parsed = parseDocumentValue(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const { graph } = parsed;
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (node.id === 'pick' ? { ...node, kind, params: {} } : node)),
  };
}

const errorsOf = (graph: Graph) =>
  checkGraph(graph).diagnostics.flatMap(({ severity, code, node }) =>
    severity === 'error' ? [`${code} ${node}`] : [],
  );

test('a hard argmax gives no gradient, and the check says so; Gumbel-softmax gives one', () => {
  expect(errorsOf(chosenBy('argmax'))).toEqual(['loss-no-theta adam-g']);
  expect(errorsOf(chosenBy('gumbel-softmax'))).toEqual([]);
});
