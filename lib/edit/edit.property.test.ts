import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damagedRing } from '@/lib/check/testing/arbitrary';
import { ring } from '@/lib/check/testing/graphs';
import { endsOf, type Graph, graphSchema, splitEndpoint } from '@/lib/graph/schema';
import { parseClipboard, paste } from './clipboard';
import { edit, point } from './testing/edits';

/** What the schema does not say of a graph, and every edit keeps. */
function faults(graph: Graph): readonly string[] {
  const parsed = graphSchema.safeParse(graph);
  const all = [...graph.networks, ...graph.nodes].map(({ id }) => id);
  const ids = new Set(all);
  return [
    ...(parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)),
    ...all.filter((id, i) => all.indexOf(id) !== i).map((id) => `two are named ${id}`),
    ...graph.wires
      .flatMap(endsOf)
      .filter((end) => !ids.has(splitEndpoint(end).id))
      .map((end) => `a wire at ${end}`),
    ...graph.nodes
      .filter(({ network }) => network !== undefined && !ids.has(network))
      .map(({ id }) => `${id} lost its frame`),
  ];
}

describe('edits', () => {
  it('any sequence of them keeps a sound document, and leaves the one before alone', () => {
    const before = JSON.stringify(ring);
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        let graph: Graph = ring;
        for (const step of edits) {
          graph = step(graph);
          expect(faults(graph)).toEqual([]);
        }
        expect(JSON.stringify(ring)).toBe(before);
      }),
      { numRuns: 150 },
    );
  });

  it('do not throw on graphs that are wrong already', () => {
    fc.assert(
      fc.property(damagedRing(6), edit, (graph, step) => {
        expect(graphSchema.safeParse(step(graph)).success).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('paste takes any clipboard that parses, and the rest gives diagnostics', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          damagedRing(8).map((graph) => JSON.stringify(graph)),
        ),
        point,
        (text, at) => {
          const parsed = parseClipboard(text);
          if (!parsed.ok) {
            expect(parsed.diagnostics.length).toBeGreaterThan(0);
            return;
          }
          const pasted = paste(ring, parsed.graph, at);
          expect(pasted.ok).toBe(true);
          if (pasted.ok) expect(graphSchema.safeParse(pasted.graph).success).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
