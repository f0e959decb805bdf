import { describe, expect, it } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { ring, ringWith, sketch } from '@/lib/check/testing/graphs';
import { penalised } from '@/lib/check/testing/penalty-rows';
import { type Graph, graphSchema, limits } from '@/lib/graph/schema';
import { addNode } from './add';
import { addNetwork } from './add-network';
import { applyFix } from './apply-fix';
import { canConnect } from './can-connect';
import { copyAsText, copySelection, duplicateSelection, parseClipboard, paste } from './clipboard';
import { connect, disconnect } from './connect';
import { makeNetworkAround } from './make-network';
import { moveBy, reparent, resize } from './move';
import { removeSelection } from './remove';
import { setNetwork, setParams, setSettings, setState, setTitle } from './set';
import { insertOnWire } from './splice';

const errors = (graph: Graph) => checkGraph(graph).diagnostics.filter(({ severity }) => severity === 'error');
const wires = (graph: Graph) => graph.wires.map((wire) => wire.join(' > '));
const nodeOf = (graph: Graph, id: string) => graph.nodes.find((node) => node.id === id);
const topOf = (id: string) => ring.networks.find((network) => network.id === id)?.at[1] ?? 0;
const placeOf = (id: string) => nodeOf(ring, id)?.at ?? [0, 0];
const wireIndex = (graph: Graph, text: string) => wires(graph).indexOf(text);

describe('add', () => {
  it('gives fresh ids', () => {
    const once = addNode(ring, 'dense', [0, 0], { network: 'G' });
    const twice = addNode(once.graph, 'dense', [0, 0], { network: 'G' });
    expect([once.ids, twice.ids]).toEqual([['dense'], ['dense-2']]);
  });

  it('makes an empty network with an input and an output, into which layers go', () => {
    const { graph, ids } = addNetwork(addNetwork(ring, [0, 900]).graph, [0, 1100]);
    expect(ids).toEqual(['Network-2']);
    const network = checkGraph(graph).networks.get('Network-2');
    expect([...(network?.inputs.keys() ?? []), ...(network?.outputs.keys() ?? [])]).toEqual(['x', 'out']);
    expect(graph.networks.at(-1)).toMatchObject({ name: 'Network 2', collapsed: false });
    expect(graph.networks.at(-1)?.color).not.toBe(graph.networks.at(-2)?.color);
    const between = insertOnWire(graph, wireIndex(graph, 'Network-2-x.out > Network-2-out.in'), 'dense');
    expect(wires(between.graph)).toContain('Network-2-x.out > dense.in');
  });

  it('makes a network around layers, keeping what they compute', () => {
    const loose = sketch({
      nodes: [
        { id: 'z', kind: 'latent', params: { shape: [3] } },
        { id: 'first', kind: 'dense', at: [200, 100], params: { units: 5 } },
        { id: 'then', kind: 'relu', at: [320, 100] },
        { id: 'see', kind: 'view-values' },
      ],
      wires: ['z.out > first.in', 'first.out > then.in', 'then.out > see.in'],
    });
    expect(errors(loose).map(({ code }) => code)).toEqual(['place-wrong']);
    const { graph, ids } = makeNetworkAround(loose, ['first', 'then', 'z'], 'Block');
    expect(ids).toEqual(['Block', 'Block-call']);
    expect(errors(graph)).toEqual([]);
    expect(nodeOf(graph, 'z')?.network).toBeUndefined();
    expect(checkGraph(graph).wireShapes[wireIndex(graph, 'Block-call.out > see.in')]?.dims).toEqual([5]);
  });

  it('makes a network of one loose layer, with input, output and call', () => {
    const { graph, ids } = makeNetworkAround(sketch({ nodes: [{ id: 'only', kind: 'dense' }] }), ['only']);
    expect(ids).toHaveLength(2);
    const checked = checkGraph(graph).networks.get('Network');
    expect([...(checked?.inputs.keys() ?? []), ...(checked?.outputs.keys() ?? [])]).toEqual(['x', 'out']);
  });
});

describe('remove', () => {
  it('rejoins the neighbours of a middle node where shapes allow', () => {
    const graph = removeSelection(ring, { nodes: ['g-act-2', 'g-dense-3', 'g-act-3'], networks: [] });
    expect(wires(graph)).toContain('g-dense-2.out > g-dense-4.in');
    expect(errors(graph)).toEqual([]);
  });

  it('leaves a gap where shapes do not allow it', () => {
    const image = sketch({
      networks: [{ id: 'N' }],
      nodes: [
        { id: 'in', kind: 'network-input', network: 'N', params: { shape: [4, 4, 1] } },
        { id: 'flat', kind: 'flatten', network: 'N' },
        { id: 'dense', kind: 'dense', network: 'N' },
        { id: 'out', kind: 'network-output', network: 'N' },
      ],
      wires: ['in.out > flat.in', 'flat.out > dense.in', 'dense.out > out.in'],
    });
    expect(wires(removeSelection(image, { nodes: ['flat'], networks: [] }))).toEqual(['dense.out > out.in']);
  });

  it('forgets references to what is gone, and wires at ports that are gone', () => {
    const graph = removeSelection(ring, { nodes: ['data'], networks: ['D'] });
    expect(nodeOf(graph, 'quality')?.params.dataset).toBeUndefined();
    expect(nodeOf(graph, 'd-real')?.params.network).toBeUndefined();
    expect(nodeOf(graph, 'surface')?.params).toEqual({});
    expect(graph.nodes.some(({ network }) => network === 'D')).toBe(false);
    expect(wires(graph).filter((wire) => /^(d-|D\.|data)|> d-(real|fake)/.test(wire))).toEqual([]);
  });

  it('takes a port’s wires with its node', () => {
    const graph = removeSelection(ring, { nodes: ['d-out'], networks: [] });
    expect(wires(graph)).not.toContain('d-fake.score > loss.fake');
    expect(nodeOf(graph, 'surface')?.params.output).toBeUndefined();
  });
});

describe('wires', () => {
  it('replaces the wire on a single input in its place, and adds to one of many', () => {
    const replaced = connect(ring, 'z.out', 'd-real.x');
    expect(replaced.wires).toHaveLength(ring.wires.length);
    expect(replaced.wires[wireIndex(ring, 'data.x > d-real.x')]).toEqual(['z.out', 'd-real.x']);
    expect(connect(ring, 'D.theta', 'adam-g.theta').wires).toHaveLength(ring.wires.length + 1);
    expect(disconnect(ring, [0, 2]).wires).toHaveLength(ring.wires.length - 2);
  });

  it('inserts a node on a wire, in its frame', () => {
    const { graph, ids } = insertOnWire(ring, wireIndex(ring, 'g-dense-4.out > g-out.in'), 'tanh');
    expect(ids).toEqual(['tanh']);
    expect(nodeOf(graph, 'tanh')?.network).toBe('G');
    expect(wires(graph)).toEqual(expect.arrayContaining(['g-dense-4.out > tanh.in', 'tanh.out > g-out.in']));
    expect(errors(graph)).toEqual([]);
  });

  const checked = checkGraph(ring);
  it.each([
    ['z.out', 'fake.z', true],
    ['G.theta', 'adam-d.theta', true],
    ['z.out', 'adam-g.loss', /^Latent is a tensor, but loss of Adam for G takes a loss/],
    ['g-dense-1.out', 'loss.real', /within a frame/],
    ['g-act-3.out', 'g-dense-1.in', /cycle/],
    ['g-act-1.out', 'g-act-1.in', /cannot feed itself/],
    ['D.theta', 'adam-d.theta', /wired there already/],
    ['d-fake.score', 'd-real.x', /D\(G\(z\)\) feeds x of Discriminator \[2\], and this wire carries \[1\]/],
    ['data.x', 'loss.real', /\[2\].*\[1\]/],
    ['z.nothing', 'loss.real', /no output nothing of Latent/],
  ] as const)('says whether %s may go to %s', (from, to, expected) => {
    const result = canConnect(checked, from, to);
    if (expected === true) expect(result).toEqual({ ok: true });
    else expect(result.ok ? '' : result.reason).toMatch(expected);
  });
});

describe('rename', () => {
  it('of a network’s port is followed at losses that apply the network', () => {
    const extra = { id: 'd-y', kind: 'network-input', network: 'D', params: { name: 'y' } };
    const labels = (port: string) =>
      ['d-real', 'd-fake', 'penalty'].map((id) => `data.labels > ${id}.${port}`);
    const graph = penalised({ nodes: [extra], wires: labels('y') });
    expect(errors(graph)).toEqual([]);
    const renamed = setParams(setParams(graph, 'd-y', { name: 'label' }), 'd-in', { name: 'point' });
    expect(errors(renamed)).toEqual([]);
    expect(wires(renamed)).toEqual(
      expect.arrayContaining([...labels('label'), 'data.x > penalty.real', 'data.x > d-real.point']),
    );
    expect(nodeOf(renamed, 'penalty')?.params.input).toBe('point');
    const removed = removeSelection(graph, { nodes: ['d-y'], networks: [] });
    expect(wires(removed).filter((wire) => wire.startsWith('data.labels'))).toEqual([]);
    expect(wires(removed)).toContain('data.x > penalty.real');
  });

  it('of a network’s port rewrites its calls’ wires and references', () => {
    const graph = setParams(setParams(ring, 'd-out', { name: 'logit' }), 'd-in', { name: 'sample' });
    expect(errors(graph)).toEqual([]);
    expect(wires(graph)).toEqual(
      expect.arrayContaining(['d-fake.logit > loss.fake', 'data.x > d-real.sample']),
    );
    expect(nodeOf(graph, 'surface')?.params).toMatchObject({ input: 'sample', output: 'logit' });
  });
});

describe('fields', () => {
  it('sets what the schema accepts and nothing else', () => {
    expect(setSettings(ring, { batchSize: 0 })).toBe(ring);
    expect(setSettings(ring, { batchSize: 8 }).settings.batchSize).toBe(8);
    expect(setNetwork(ring, 'G', { ema: 2 })).toBe(ring);
    expect(setNetwork(ring, 'G', { ema: undefined }).networks[0]).not.toHaveProperty('ema');
    expect(nodeOf(setTitle(ring, 'fake', '  '), 'fake')).not.toHaveProperty('title');
    expect(nodeOf(setState(ring, ['loss'], 'muted'), 'loss')?.state).toBe('muted');
    expect(nodeOf(setParams(ring, 'g-dense-1', { units: undefined }), 'g-dense-1')?.params).toEqual({});
  });

  it('keeps of a source’s options what another source takes too', () => {
    const optionsAfter = (...changes: readonly Record<string, unknown>[]) =>
      nodeOf(
        changes.reduce<Graph>((graph, change) => setParams(graph, 'data', change), ring),
        'data',
      )?.params.options;
    expect(optionsAfter({ source: 'gaussian' })).toEqual({ sd: 0.01 });
    const images = { source: 'glyphs', options: { size: 32 } };
    expect(optionsAfter(images, { source: 'faces' })).toEqual({ size: 32 });
    // What is wrong with the same source is said, not taken away.
    expect(optionsAfter(images, { options: { sise: 3 } }, { split: 'train' })).toEqual({ sise: 3 });
    expect(errors(setParams(ring, 'data', { source: 'checkerboard' }))).toEqual([]);
  });
});

describe('move', () => {
  it('moves a frame once, not its nodes with it', () => {
    const graph = moveBy(ring, { nodes: ['g-in', 'z'], networks: ['G'] }, [10, 20]);
    expect(graph.networks[0]?.at).toEqual([10, 20 + topOf('G')]);
    expect(nodeOf(graph, 'g-in')?.at).toEqual(placeOf('g-in'));
    const [x, y] = placeOf('z');
    expect(nodeOf(graph, 'z')?.at).toEqual([x + 10, y + 20]);
  });

  it('keeps the place on the canvas when the frame changes, and drops wires that would cross', () => {
    const graph = reparent(ring, ['g-act-1'], 'D');
    const [x, y] = placeOf('g-act-1');
    expect(nodeOf(graph, 'g-act-1')).toMatchObject({ network: 'D', at: [x, y + topOf('G') - topOf('D')] });
    expect(wires(graph).filter((wire) => wire.includes('g-act-1'))).toEqual([]);
    expect(resize(ring, 'G', [500, 200]).networks[0]?.size).toEqual([500, 200]);
    expect(resize(ring, 'G', [-1, 200])).toBe(ring);
  });
});

describe('clipboard', () => {
  it('copies a network whole, with its calls pointing at the copy', () => {
    const { selection, graph } = must(duplicateSelection(ring, { nodes: ['fake', 'z'], networks: ['G'] }));
    expect(selection.networks).toEqual(['G-2']);
    expect(nodeOf(graph, 'fake-2')?.params.network).toBe('G-2');
    expect(wires(graph)).toEqual(expect.arrayContaining(['z-2.out > fake-2.z', 'g-in-2.out > g-dense-5.in']));
    expect(errors(graph)).toEqual([]);
  });

  it('a call without its network stays a call of it', () => {
    const { graph } = must(duplicateSelection(ring, { nodes: ['fake'], networks: [] }));
    expect(nodeOf(graph, 'fake-2')?.params.network).toBe('G');
  });

  it('a network again', () => {
    const { graph } = must(duplicateSelection(ring, { nodes: [], networks: ['D'] }));
    expect(checkGraph(graph).networks.get('D-2')?.parameters).toBeGreaterThanOrEqual(0);
    expect(errors(graph)).toEqual([]);
  });

  it('layers alone go into the frame under the pointer, at the pointer', () => {
    const clip = copySelection(ring, { nodes: ['g-dense-2', 'g-act-2'], networks: [] });
    const { graph, selection } = must(paste(ring, clip, [100, 60 + topOf('D')], 'D'));
    const [id] = selection.nodes;
    expect(nodeOf(graph, id as string)).toMatchObject({ network: 'D', at: [100, 60] });
  });

  it('goes through text, a whole document too', () => {
    const parsed = parseClipboard(copyAsText(ring, { nodes: [], networks: ['G'] }));
    expect(parsed.ok && parsed.graph.nodes).toHaveLength(9);
    const whole = must(paste(ring, ring, [0, 2000])).graph;
    expect(errors(whole)).toEqual([]);
    expect(graphSchema.safeParse(whole).success).toBe(true);
  });

  it('refuses more than a document holds', () => {
    const many = {
      ...ring,
      nodes: Array.from({ length: limits.nodes - ring.nodes.length + 1 }, (_, i) => ({
        id: `n${i}`,
        kind: 'note',
        at: [0, 0] as const,
        params: {},
      })),
    };
    const result = paste(ring, many, [0, 0]);
    expect(!result.ok && result.diagnostics[0]?.code).toBe('document-full');
  });

  it.each([
    '',
    '{}',
    '[]',
    'null',
    '{"format":"ganvas","version":1,"nodes":[{"id":"__proto__"}]}',
    '{"format":"ganvas","version":9}',
  ])('hostile text gives diagnostics: %s', (text) => {
    const result = parseClipboard(text);
    expect(result.ok ? [] : result.diagnostics.length).toBeGreaterThan(0);
  });
});

const must = (pasted: ReturnType<typeof paste>) => {
  if (!pasted.ok) throw new Error(JSON.stringify(pasted.diagnostics));
  return pasted;
};

it('every fix that check offers fixes what it is offered for', () => {
  const broken = ringWith({
    params: { 'adam-g': { beta1: 0.9 }, loss: { scores: 'probabilities' } },
    wires: ['G.theta > adam-d.theta'],
  });
  const worse = ringWith({
    params: { 'g-dense-1': { units: 0 } },
    wires: ['ghost.out > samples.fake', 'data.x > loss.real'],
  });
  for (const graph of [broken, worse]) {
    const offered = checkGraph(graph).diagnostics.flatMap((diagnostic) =>
      diagnostic.fix ? [diagnostic] : [],
    );
    expect(offered.length).toBeGreaterThan(2);
    for (const { fix, code, node } of offered) {
      const count = (of: Graph) =>
        checkGraph(of).diagnostics.filter((other) => other.code === code && other.node === node).length;
      if (fix) expect([code, count(applyFix(graph, fix))]).toEqual([code, count(graph) - 1]);
    }
  }
});
