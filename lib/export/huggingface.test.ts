import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { parseDocument } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { findExample } from '@/lib/examples/catalogue';
import { huggingFaceFiles } from './huggingface';

test('graph.json opens, with its blocks', () => {
  const parsed = parseDocument(JSON.stringify(findExample('cyclegan')?.document));
  if (!parsed.ok) throw new Error('the example does not parse');
  const { graph } = parsed;
  expect(graph.blocks).not.toEqual([]);
  const checked = checkGraph(graph);
  const files = huggingFaceFiles({
    graph,
    checked,
    plan: compilePlan(checked),
    script: '',
    weights: new Uint8Array(),
    iteration: 0,
    metrics: undefined,
  });
  expect(parseDocument(String(files['graph.json']))).toEqual({ ok: true, graph });
});
