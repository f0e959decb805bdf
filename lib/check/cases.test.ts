import { describe, expect, it } from 'vitest';
import { checkGraph } from './check';
import { caseGraph, ringWith } from './testing/graphs';

/** Documents of which too little was said once (tests/cases), and the rest of their kind. */
const rows: readonly [name: string, severity: string, code: string, node: string, says: RegExp][] = [
  ['bn-batch1-train', 'error', 'batch-of-one', 'd-1-batch-norm', /gives its offset β, whatever goes in/],
  ['bn-batch1-vector', 'error', 'batch-of-one', 'd-1-batch-norm', /batch of one example/],
  [
    'softmax-of-one',
    'error',
    'output-constant',
    'd-5-softmax',
    /Softmax over \[1\].* gives 1 whatever goes in/,
  ],
  ['tanh-as-logits', 'warning', 'scores-bounded', 'loss', /Tanh.* between -1 and 1/],
  [
    'real-fake-swapped',
    'error',
    'real-fake-swapped',
    'loss',
    /what Generator makes comes in as real, through D\(G\(z\)\)/,
  ],
  ['ramp-clipnorm', 'warning', 'momentum-clipped', 'opt-d', /a bound that goes from 1 to 0\.1 and has beta1/],
];

describe('what was not said once', () => {
  it.each(rows)('%s: %s %s', (name, severity, code, node, says) => {
    const { diagnostics } = checkGraph(caseGraph(name));
    const found = diagnostics.find((each) => each.code === code && each.node === node);
    expect(found?.message, JSON.stringify(diagnostics)).toMatch(says);
    expect(found?.severity).toBe(severity);
  });

  it('labels the other way round are no fault', () => {
    expect(checkGraph(caseGraph('labels-flipped')).diagnostics).toEqual([]);
  });
});

const inD = (kind: string, params = {}, settings = {}) =>
  ringWith({
    nodes: [{ id: 'new', kind, network: 'D', params }],
    unwire: ['d-dense-4.out > d-out.in'],
    wires: ['d-dense-4.out > new.in', 'new.out > d-out.in'],
    settings,
  });

const saidOf = (graph: ReturnType<typeof inD>, node = 'new') =>
  checkGraph(graph).diagnostics.flatMap((each) =>
    each.node === node ? `${each.severity} ${each.code}` : [],
  );

describe('nothing comes through', () => {
  it.each(['softmax', 'gumbel-softmax', 'argmax', 'layer-norm', 'pixel-norm'])('%s of one number', (kind) => {
    expect(saidOf(inD(kind))).toContain('error output-constant');
  });

  it.each(['batch-norm', 'virtual-batch-norm', 'batch-moments'])('%s of one example', (kind) => {
    expect(saidOf(inD(kind, {}, { batchSize: 1 }))).toContain('error batch-of-one');
    expect(saidOf(inD(kind, {}, { batchSize: 2 })).filter((said) => said.startsWith('error'))).toEqual([]);
  });

  it.each(['minibatch-stddev', 'minibatch-discrimination'])('%s of one example adds nothing', (kind) => {
    expect(saidOf(inD(kind, {}, { batchSize: 1 }))).toEqual(['warning batch-small']);
  });

  it('packs that are one example', () => {
    const packed = ringWith({
      nodes: [
        { id: 'norm', kind: 'batch-norm', network: 'D' },
        { id: 'pack-real', kind: 'pack', params: { m: 8 } },
        { id: 'pack-fake', kind: 'pack', params: { m: 8 } },
      ],
      unwire: ['d-dense-4.out > d-out.in', 'data.x > d-real.x', 'fake.x > d-fake.x'],
      wires: [
        'd-dense-4.out > norm.in',
        'norm.out > d-out.in',
        'data.x > pack-real.in',
        'pack-real.out > d-real.x',
        'fake.x > pack-fake.in',
        'pack-fake.out > d-fake.x',
      ],
      settings: { batchSize: 8 },
    });
    expect(saidOf(packed, 'norm')).toEqual(['error batch-of-one']);
  });

  it('an image is many values by itself, and moving statistics need no batch', () => {
    const images = ringWith({
      nodes: [
        { id: 'shape', kind: 'reshape', network: 'D', params: { shape: [8, 16, 1] } },
        { id: 'new', kind: 'batch-norm', network: 'D' },
        { id: 'flat', kind: 'flatten', network: 'D' },
      ],
      unwire: ['d-act-1.out > d-dense-2.in'],
      wires: ['d-act-1.out > shape.in', 'shape.out > new.in', 'new.out > flat.in', 'flat.out > d-dense-2.in'],
      settings: { batchSize: 1 },
    });
    expect(saidOf(images)).toEqual(['warning batch-small']);
    const still = inD('batch-norm', {}, { batchSize: 1 });
    const nodes = still.nodes.map((node) =>
      /^d-(real|fake)$/.test(node.id) ? { ...node, params: { ...node.params, mode: 'eval' } } : node,
    );
    expect(saidOf({ ...still, nodes })).toEqual([]);
  });
});

describe('sides that changed places', () => {
  const swapped = (loss: string, extra: Parameters<typeof ringWith>[0] = {}) => {
    const graph = ringWith({
      unwire: ['d-real.score > loss.real', 'd-fake.score > loss.fake'],
      wires: ['d-real.score > loss.fake', 'd-fake.score > loss.real'],
      ...extra,
    });
    const nodes = graph.nodes.map((node) =>
      node.id === 'loss' ? { ...node, kind: loss, params: {} } : node,
    );
    return { ...graph, nodes };
  };

  it.each([
    'loss-minimax',
    'loss-least-squares',
    'loss-wasserstein',
    'loss-hinge',
    'loss-f-gan',
    'loss-energy',
    'loss-maximum-likelihood',
  ])('%s', (kind) => {
    expect(saidOf(swapped(kind), 'loss')).toContain('error real-fake-swapped');
    expect(saidOf(swapped(kind), 'adam-g')).not.toContain('error loss-no-theta');
  });

  it('feature matching, whose real side has no gradient', () => {
    const matched = ringWith({
      without: ['loss'],
      nodes: [
        { id: 'loss', kind: 'loss-hinge' },
        { id: 'match', kind: 'feature-matching' },
      ],
      unwire: ['loss.g > adam-g.loss'],
      wires: ['d-fake.score > match.real', 'd-real.score > match.fake', 'match.out > adam-g.loss'],
    });
    expect(saidOf(matched, 'match')).toContain('error real-fake-swapped');
  });

  it('a warning where G learns by another term all the same', () => {
    const graph = swapped('loss-hinge', {
      nodes: [
        { id: 'sum', kind: 'weighted-sum', params: { terms: { gan: 1, small: 0.1 } } },
        { id: 'small', kind: 'mean' },
      ],
      unwire: ['d-real.score > loss.real', 'd-fake.score > loss.fake', 'loss.g > adam-g.loss'],
      wires: [
        'd-real.score > loss.fake',
        'd-fake.score > loss.real',
        'fake.x > small.in',
        'small.out > sum.small',
        'loss.g > sum.gan',
        'sum.out > adam-g.loss',
      ],
    });
    expect(saidOf(graph, 'loss')).toContain('warning real-fake-swapped');
  });
});
