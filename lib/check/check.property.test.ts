import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '@/lib/graph/diagnostic';
import { formatGraph } from '@/lib/graph/parse';
import { graphSchema } from '@/lib/graph/schema';
import { processorTime } from '@/lib/util/testing/processor-time';
import { checkGraph } from './check';
import { parseDocument } from './parse';
import { damagedRing } from './testing/arbitrary';
import { ringText, sketch } from './testing/graphs';

describe('any graph that the schema accepts', () => {
  it('is checked without a throw, deterministically, in bounded time', () => {
    fc.assert(
      fc.property(damagedRing(12), (graph) => {
        expect(graphSchema.safeParse(graph).success).toBe(true);
        const start = processorTime();
        const { diagnostics, cost } = checkGraph(graph);
        expect(processorTime() - start).toBeLessThan(1_000);
        const mute = diagnostics.filter(
          ({ code, message }) => !/^[a-z][a-z-]+$/.test(code) || message.length < 10,
        );
        expect(mute).toEqual([]);
        expect(cost.bytes).toBeGreaterThanOrEqual(0);
        expect(JSON.stringify(checkGraph(graph).diagnostics)).toBe(JSON.stringify(diagnostics));
      }),
      { numRuns: 200 },
    );
  });

  it('knows all that a run needs where it has no error', () => {
    let sound = 0;
    fc.assert(
      fc.property(damagedRing(3), (graph) => {
        const checked = checkGraph(graph);
        if (hasErrors(checked.diagnostics)) return;
        sound++;
        for (const id of checked.active) {
          const node = checked.nodes.get(id);
          if (!node) {
            expect(checked.networks.has(id)).toBe(true);
            continue;
          }
          expect(node.definition?.params.safeParse(node.node.params).success).toBe(true);
          for (const port of node.inputs)
            if (!port.optional) expect(node.wiredFrom.has(port.name)).toBe(true);
          for (const { name, type } of node.outputs)
            if (type === 'tensor') expect([id, name, node.outputShapes.has(name)]).toEqual([id, name, true]);
          const order =
            node.node.network === undefined ? checked.order : checked.networks.get(node.node.network)?.order;
          expect(order).toContain(id);
        }
      }),
      { numRuns: 300 },
    );
    expect(sound).toBeGreaterThan(30);
  });

  it('stays fast when built to be slow', () => {
    const chain = (n: number, kind: string) => Array.from({ length: n }, (_, i) => ({ id: `n${i}`, kind }));
    const hostile = [
      // Every node on one cycle.
      sketch({
        nodes: chain(4_000, 'relu'),
        wires: Array.from({ length: 4_000 }, (_, i) => `n${i}.out > n${(i + 1) % 4_000}.in`),
      }),
      // All wires into one input.
      sketch({ nodes: chain(2, 'relu'), wires: Array.from({ length: 20_000 }, () => 'n0.out > n1.in') }),
      // Many players.
      sketch({
        networks: [{ id: 'D' }],
        nodes: [{ id: 'loss', kind: 'loss-non-saturating' }, ...chain(4_000, 'sgd')],
        wires: Array.from({ length: 4_000 }, (_, i) => [
          `loss.d > n${i}.loss`,
          `D.theta > n${i}.theta`,
        ]).flat(),
      }),
      // A network with many inputs and many calls, each fed by all before.
      sketch({
        networks: [{ id: 'N' }],
        nodes: [
          ...Array.from({ length: 2_000 }, (_, i) => ({
            id: `in${i}`,
            kind: 'network-input',
            network: 'N',
            params: { name: `x${i}` },
          })),
          ...Array.from({ length: 2_000 }, (_, i) => ({
            id: `c${i}`,
            kind: 'call',
            params: { network: 'N' },
          })),
        ],
      }),
      // One name for all.
      sketch({
        networks: [{ id: 'N' }],
        nodes: Array.from({ length: 4_000 }, (_, i) => ({
          id: `in${i}`,
          kind: 'network-input',
          network: 'N',
        })),
      }),
      // Every reference wrong.
      sketch({
        nodes: Array.from({ length: 4_000 }, (_, i) => ({
          id: `m${i}`,
          kind: 'metric-modes',
          params: { dataset: `m${i}` },
        })),
      }),
    ];
    for (const graph of hostile) {
      const start = processorTime();
      checkGraph(graph);
      expect(processorTime() - start).toBeLessThan(2_000);
    }
  });
});

/** A graph, or diagnostics that say something: never a throw, never long. */
function opensOrDiagnoses(text: string): 'graph' | 'diagnostics' {
  const start = processorTime();
  const result = parseDocument(text);
  if (result.ok) checkGraph(result.graph);
  else {
    expect(result.diagnostics.length).toBeGreaterThan(0);
    for (const { severity, message } of result.diagnostics)
      expect([severity, message.length > 5]).toEqual(['error', true]);
  }
  expect(processorTime() - start).toBeLessThan(3_000);
  return result.ok ? 'graph' : 'diagnostics';
}

describe('any text', () => {
  it('cut anywhere, is refused', () => {
    fc.assert(
      fc.property(fc.nat(ringText.trimEnd().length - 1), (length) => {
        expect(opensOrDiagnoses(ringText.slice(0, length))).toBe('diagnostics');
      }),
    );
  });

  it('with characters replaced, opens or is refused', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(ringText.length - 1), fc.string({ maxLength: 3 })), { maxLength: 5 }),
        (edits) => {
          let text = ringText;
          for (const [at, put] of edits) text = text.slice(0, at) + put + text.slice(at + put.length);
          opensOrDiagnoses(text);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('that is random JSON, in the document’s places too, is refused or opens', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom('nodes', 'networks', 'wires', 'settings', 'title'),
        (json, key) => {
          expect(opensOrDiagnoses(JSON.stringify(json) ?? '')).toBe('diagnostics');
          opensOrDiagnoses(JSON.stringify({ format: 'ganvas', version: 1, [key]: json }));
          opensOrDiagnoses(JSON.stringify({ format: 'ganvas', version: 1, [key]: [json] }));
          opensOrDiagnoses(
            JSON.stringify({
              format: 'ganvas',
              version: 1,
              nodes: [{ id: 'a', kind: 'dense', at: [0, 0], params: json }],
            }),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('that was opened and saved is the same graph', () => {
    fc.assert(
      fc.property(damagedRing(8), (graph) => {
        const again = parseDocument(formatGraph(graph));
        // Damage may repeat an id: then it must not open.
        if (again.ok) expect(again.graph).toEqual(graph);
        else expect(again.diagnostics.every(({ code }) => code === 'duplicate-id')).toBe(true);
      }),
    );
  });
});
