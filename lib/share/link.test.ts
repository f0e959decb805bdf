import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocumentValue } from '@/lib/check/parse';
import { examples } from '@/lib/examples/catalogue';
import ring from '@/lib/examples/ring.json';
import { FORMAT_VERSION, type Graph, graphSchema, palette } from '@/lib/graph/schema';
import { findDefinition, registry } from '@/lib/nodes/registry';
import { hasLink } from './find-link';
import { encodeLink } from './link';
import stored from './links.v1.json';
import { readLink } from './read-link';

/** Examples whose link may be of 2.7 kB: of three networks, two data sets and their costs, or two blocks of many nodes. */
const longest = ['next-frame-digits', 'stargan-shapes', 'stylegan2', 'text-to-image'];

/** And of 2 kB. */
const largest = [
  'adaptive-augmentation',
  'alignflow',
  'bigan-glyphs',
  'conditional-gan-glyphs',
  'cyclegan-shapes',
  'denoising-diffusion',
  'infogan-glyphs',
  'mnist-acgan',
  'progressive-growing',
  'projection',
  'self-attention',
  'semi-supervised',
  'srgan',
];

const idArbitrary = fc.stringMatching(/^[A-Za-z0-9-][A-Za-z0-9_-]{0,11}$/);
const textArbitrary = fc.string({ unit: 'binary', maxLength: 60 });
const pointArbitrary = fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -5000, max: 5000 }));
const sizeArbitrary = fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 3000 }));
const paramsArbitrary = fc.dictionary(
  fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/),
  fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    textArbitrary,
    fc.boolean(),
    fc.array(fc.integer()),
  ),
  { maxKeys: 4, noNullPrototype: true },
);

const endpointArbitrary = (id: fc.Arbitrary<string>) =>
  fc.tuple(id, idArbitrary).map(([id, port]) => `${id}.${port}`);

const kind = fc.oneof(
  fc.constantFrom(...registry.map((definition) => definition.kind as string)),
  fc.stringMatching(/^[a-z0-9-]{1,12}$/),
);

function wiresArbitrary(id: fc.Arbitrary<string>) {
  const endpoint = endpointArbitrary(id);
  return fc.array(
    fc.oneof(
      { weight: 20, arbitrary: fc.tuple(endpoint, endpoint) },
      fc.tuple(
        endpoint,
        endpoint,
        fc.record({ via: fc.array(pointArbitrary, { minLength: 1, maxLength: 3 }) }),
      ),
    ),
    { maxLength: 30 },
  );
}

const inner = fc.constantFrom('a', 'b', 'c');
const blockArbitrary = fc.record(
  {
    id: fc.constantFrom('b', 'block-2'),
    name: textArbitrary,
    place: fc.constantFrom('network', 'game'),
    nodes: fc.uniqueArray(fc.record({ id: inner, kind, at: pointArbitrary, params: paramsArbitrary }), {
      maxLength: 3,
      selector: ({ id }) => id,
    }),
    wires: wiresArbitrary(inner),
    inputs: fc.array(
      fc.record({ name: fc.constant('in'), to: fc.array(endpointArbitrary(inner), { maxLength: 2 }) }),
      {
        maxLength: 2,
      },
    ),
    outputs: fc.array(fc.record({ name: fc.constant('out'), from: endpointArbitrary(inner) }), {
      maxLength: 2,
    }),
    params: fc.array(fc.record({ name: fc.constant('p'), to: fc.constant(['a.units']) }), { maxLength: 1 }),
  },
  { requiredKeys: ['id', 'name', 'place', 'nodes'] },
);

/** Any document that parses: known and unknown kinds, wires from and to anything. */
const graphArbitrary: fc.Arbitrary<Graph> = fc
  .uniqueArray(idArbitrary, { maxLength: 24 })
  .chain((ids) => {
    const networkCount = Math.min(3, Math.floor(ids.length / 3));
    const networkIds = ids.slice(0, networkCount);
    const anyId = ids.length > 0 ? fc.oneof(fc.constantFrom(...ids), idArbitrary) : idArbitrary;
    const wires = wiresArbitrary(anyId);
    return fc.record({
      title: textArbitrary,
      about: textArbitrary,
      settings: fc.record(
        { seed: fc.nat(), batchSize: fc.integer({ min: 1, max: 512 }) },
        { requiredKeys: [] },
      ),
      networks: fc.tuple(
        ...networkIds.map((id) =>
          fc.record(
            {
              id: fc.constant(id),
              name: textArbitrary,
              color: fc.constantFrom(...palette),
              at: pointArbitrary,
              size: sizeArbitrary,
              collapsed: fc.boolean(),
              ema: fc.constantFrom(0.9, 0.999),
            },
            { requiredKeys: ['id', 'name', 'color', 'at', 'size'] },
          ),
        ),
      ),
      nodes: fc.tuple(
        ...ids.slice(networkCount).map((id) =>
          fc.record(
            {
              id: fc.constant(id),
              kind,
              network: anyId,
              at: pointArbitrary,
              size: sizeArbitrary,
              title: textArbitrary,
              state: fc.constantFrom('bypassed' as const, 'muted' as const),
              params: paramsArbitrary,
            },
            { requiredKeys: ['id', 'kind', 'at'] },
          ),
        ),
      ),
      wires,
      blocks: fc.uniqueArray(blockArbitrary, { maxLength: 2, selector: ({ id }) => id }),
    });
  })
  .map((fields) => graphSchema.parse({ format: 'ganvas', version: FORMAT_VERSION, ...fields }) as Graph);

const parse = (value: unknown): Graph => {
  const result = parseDocumentValue(value);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.graph;
};

async function roundTrip(graph: Graph): Promise<Graph> {
  const result = await readLink(await encodeLink(graph));
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.graph;
}

/** The document with the defaults of known kinds written out: what it means. */
function withDefaults(graph: Graph): Graph {
  const nodes = (all: Graph['nodes']) =>
    all.map((node) => {
      const shape = findDefinition(node.kind)?.params.shape ?? {};
      const standard = Object.entries(shape).map(([name, field]) => [name, field.safeParse(undefined).data]);
      return {
        ...node,
        params: JSON.parse(JSON.stringify({ ...Object.fromEntries(standard), ...node.params })),
      };
    });
  return {
    ...graph,
    nodes: nodes(graph.nodes),
    blocks: graph.blocks.map((block) => ({ ...block, nodes: nodes(block.nodes) })),
  };
}

describe('a link', () => {
  test('gives back the graph that it was made of (L2)', async () => {
    await fc.assert(
      fc.asyncProperty(graphArbitrary, async (graph) => {
        expect(withDefaults(await roundTrip(graph))).toEqual(withDefaults(graph));
      }),
      { numRuns: 200 },
    );
  });

  test('of a decoded graph is the same link', async () => {
    await fc.assert(
      fc.asyncProperty(graphArbitrary, async (graph) => {
        const link = await encodeLink(graph);
        expect(await encodeLink(await roundTrip(graph))).toBe(link);
      }),
    );
  });

  test('leaves out parameters that equal their defaults and rounds positions', async () => {
    const graph = parse({
      format: 'ganvas',
      version: 1,
      nodes: [
        { id: 'a', kind: 'relu', at: [1.4, -2.6] },
        { id: 'b', kind: 'dense', at: [0, 0], params: { units: 64, useBias: false } },
      ],
    });
    const { nodes } = await roundTrip(graph);
    expect(nodes[0]?.at).toEqual([1, -3]);
    expect(nodes[1]?.params).toEqual({ useBias: false });
  });

  test('uses only characters that a URL carries as they are', async () => {
    expect(await encodeLink(parse(ring))).toMatch(/^g=1\.[A-Za-z0-9_-]+$/);
  });

  test.each(examples.map(({ id, document }) => [id, document]))(
    'of the example %s is under 1.5 kB, of the largest under 2 or 2.7',
    async (id, document) => {
      const graph = parse(document);
      const most = longest.includes(id) ? 2_700 : largest.includes(id) ? 2_000 : 1_500;
      expect((await encodeLink(graph)).length).toBeLessThan(most);
      expect(withDefaults(await roundTrip(graph))).toEqual(withDefaults(graph));
    },
  );

  test('of a graph that shrinks more than a reader expands still opens', async () => {
    const zeros = Array.from({ length: 19_000 }, () => 0);
    const nodes = Array.from({ length: 20 }, (_, i) => ({
      id: `n${i}`,
      kind: 'unknown',
      at: [0, 0],
      params: { zeros },
    }));
    const graph = parse({ format: 'ganvas', version: 1, nodes });
    expect(await roundTrip(graph)).toEqual(graph);
  });

  test.each(Object.entries(stored as unknown as Record<string, { link: string; graph: Graph }>))(
    'made by this version opens for ever: %s (L1)',
    async (_, { link, graph }) => {
      const result = await readLink(link);
      expect(result).toEqual(parseDocumentValue(graph));
    },
  );
});

test('a fragment with a link is known from one without', () => {
  expect(['#g=1.AA', 'g=1.AA', '#g%3D1.AA'].map(hasLink)).toEqual([true, true, true]);
  expect(['', '#', '#section', '#graph'].map(hasLink)).toEqual([false, false, false, false]);
});
