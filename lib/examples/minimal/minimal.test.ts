import { describe, expect, it } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import type { NodeDefinition } from '@/lib/nodes/define';
import { registry } from '@/lib/nodes/registry';
import { minimalGraph } from './minimal';

const kinds: readonly NodeDefinition[] = registry;

describe.each(kinds.map((definition) => [definition.kind, definition] as const))(
  'the minimal graph of %s',
  (kind, definition) => {
    const graph = minimalGraph(definition);

    it('opens without errors', () => {
      const parsed = parseDocumentValue(JSON.parse(JSON.stringify(graph)));
      expect(parsed.ok && parsed.graph).toEqual(graph);
      const errors = checkGraph(graph).diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ message }) => message)).toEqual([]);
    });

    it('has the kind wired and taken into the run', () => {
      const { nodes, active } = checkGraph(graph);
      const found = [...nodes.values()].filter(({ node }) => node.kind === kind);
      expect(found.length).toBeGreaterThan(0);
      const [first] = found;
      if (!first || definition.role === 'note') return;
      expect(active).toContain(first.node.id);
      const required = first.inputs.filter(({ optional }) => !optional).map(({ name }) => name);
      expect([...first.wiredFrom.keys()]).toEqual(expect.arrayContaining(required));
    });
  },
);
