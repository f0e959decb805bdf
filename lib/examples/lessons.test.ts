import { describe, expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { type LessonStep, readLesson } from '@/lib/check/lesson';
import { parseDocumentValue } from '@/lib/check/parse';
import { readingsOf } from '@/lib/check/readings';
import { examples } from './catalogue';

const guided = examples.flatMap(({ id, document }) => {
  const parsed = parseDocumentValue(document);
  if (!parsed.ok) throw new Error(`${id} does not parse`);
  const lesson = readLesson(parsed.graph.about);
  return lesson.steps.length > 0 ? [{ id, graph: parsed.graph, lesson }] : [];
});

test('there are eight guided lessons at least', () => {
  expect(guided.length).toBeGreaterThanOrEqual(8);
});

describe.each(guided)('$id', ({ graph, lesson: { steps, marked, text } }) => {
  const checked = checkGraph(graph);
  const { nodes } = checked;
  const isParameter = (name: string) => {
    const [id = '', field = ''] = name.split('.');
    return field in (nodes.get(id)?.params ?? {});
  };
  const isKnown = (name: string) =>
    ['iteration', 'failure', 'failures'].includes(name) ||
    nodes.has(name) ||
    isParameter(name) ||
    (name.startsWith('settings.') && name.slice('settings.'.length) in graph.settings) ||
    [...nodes.values()].some((node) => readingsOf(node, checked).some(({ series }) => series === name));

  test('asks for what the graph has', () => {
    const names = steps.flatMap(({ conditions }: LessonStep) => conditions.map(({ name }) => name));
    expect(names.filter((name) => !isKnown(name))).toEqual([]);
    expect(marked.filter((name) => !nodes.has(name) && !isParameter(name))).toEqual([]);
  });

  test('has no step that is none, and none that is done before anything is', () => {
    expect(text).not.toMatch(/- \[ \]|Change:/);
    const known = (name: string) => {
      const [id = '', field] = name.split('.');
      if (name === 'iteration') return 0;
      const value = field === undefined ? nodes.get(id)?.node.kind : nodes.get(id)?.params[field];
      return typeof value === 'number' || typeof value === 'string' ? value : undefined;
    };
    for (const { conditions } of steps)
      expect(conditions.some(({ name, is, value }) => is !== '=' || known(name) !== value)).toBe(true);
  });
});
