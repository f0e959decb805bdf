import { inD, type Row } from './document-rows';
import { ringWith, sketch } from './graphs';

/** Order, inputs, places, networks, shapes and players. */
export const gameRows: readonly Row[] = [
  {
    code: 'memory-too-large',
    graph: ringWith({
      params: { 'g-dense-2': { units: 4096 }, 'd-dense-2': { units: 4096 } },
      settings: { batchSize: 65_536 },
    }),
    says: /would take about \d+ GB of memory; a browser has at most 4\.3 GB/,
  },
  {
    code: 'cycle',
    graph: ringWith({ unwire: ['g-in.out > g-dense-1.in'], wires: ['g-dense-3.out > g-dense-1.in'] }),
    node: 'g-dense-1',
    says: /Network Generator has a cycle of 5 nodes: Dense, ReLU/,
  },
  {
    code: 'cycle',
    graph: ringWith({ unwire: ['z.out > fake.z'], wires: ['fake.x > fake.z'] }),
    node: 'fake',
    says: /G\(z\) feeds itself/,
  },
  {
    code: 'input-missing',
    graph: ringWith({ unwire: ['d-real.score > loss.real'] }),
    node: 'loss',
    says: /needs its input real/,
  },
  {
    code: 'node-unfinished',
    graph: ringWith({ nodes: [inD('extra', 'dense'), inD('then', 'relu')], wires: ['extra.out > then.in'] }),
    severity: 'warning',
    node: 'extra',
    says: /input in has no wire/,
  },
  {
    code: 'node-unused',
    graph: ringWith({ nodes: [inD('extra', 'dense')] }),
    severity: 'info',
    node: 'extra',
    says: /reads Dense/,
  },
  {
    code: 'view-idle',
    graph: ringWith({ nodes: [{ id: 'm', kind: 'metric-value' }] }),
    severity: 'warning',
    node: 'm',
    says: /Mean and deviation shows nothing yet/,
  },
  {
    code: 'place-wrong',
    graph: ringWith({ nodes: [{ id: 'lost', kind: 'dense' }] }),
    node: 'lost',
    says: /Dense belongs in a network/,
  },
  {
    code: 'place-wrong',
    graph: ringWith({ nodes: [inD('lost', 'adam')] }),
    node: 'lost',
    says: /stands in the network D/,
  },
  {
    code: 'network-missing',
    graph: ringWith({ nodes: [{ id: 'lost', kind: 'dense', network: 'H' }] }),
    node: 'lost',
    says: /the network "H", which does not exist/,
  },
  {
    code: 'port-duplicate',
    graph: ringWith({ nodes: [inD('d-in-2', 'network-input', { name: 'x' })] }),
    node: 'd-in-2',
    says: /Network Discriminator has two inputs named "x": Input and Input/,
    fix: 'set-params',
  },
  {
    code: 'port-limit',
    graph: ringWith({
      nodes: Array.from({ length: 64 }, (_, i) => inD(`in-${i}`, 'network-input', { name: `i${i}` })),
    }),
    node: 'in-63',
    says: /more than 64/,
  },
  {
    code: 'network-no-output',
    graph: ringWith({ without: ['g-out'] }),
    node: 'G',
    says: /Network Generator has no output/,
  },
  {
    code: 'network-unused',
    graph: ringWith({ networks: (all) => [...all, { ...(all[0] as (typeof all)[number]), id: 'H' }] }),
    severity: 'warning',
    node: 'H',
    says: /Network Generator is not used/,
  },
  {
    code: 'rank-mismatch',
    graph: ringWith({ params: { z: { shape: [4, 4, 2] } } }),
    node: 'g-dense-1',
    says: /\[4, 4, 2\]/,
  },
  {
    code: 'shape-mismatch',
    graph: ringWith({
      unwire: ['d-real.score > loss.real'],
      wires: ['data.x > loss.real'],
    }),
    node: 'loss',
    says: /\[2\].*\[1\]/,
  },
  {
    code: 'call-shapes-differ',
    graph: ringWith({ params: { 'g-dense-4': { units: 3 } } }),
    node: 'd-real',
    says: /D\(x\) gives input x of network Discriminator \[2\], but D\(G\(z\)\) gives it \[3\]/,
  },
  {
    code: 'input-shape-unknown',
    graph: ringWith({
      unwire: [
        'd-fake.score > loss.fake',
        'fake.x > d-fake.x',
        'data.x > d-real.x',
        'd-real.score > loss.real',
      ],
      without: ['d-fake', 'd-real'],
    }),
    node: 'd-in',
    says: /input x of network Discriminator is not known/,
  },
  {
    code: 'shape-too-large',
    graph: ringWith({ params: { z: { shape: [65536, 65536] } } }),
    node: 'z',
    says: /4\.3e\+9 numbers per example/,
  },
  {
    code: 'weights-too-large',
    graph: ringWith({ params: { z: { shape: [65536] }, 'g-dense-1': { units: 16384 } } }),
    node: 'g-dense-1',
    says: /would keep 1\.1e\+9 numbers/,
  },
  {
    code: 'bypass-shape',
    graph: ringWith({ states: { 'g-dense-1': 'bypassed' } }),
    node: 'g-dense-1',
    says: /\[2\] into \[128\]/,
  },
  {
    code: 'state-ignored',
    graph: ringWith({ states: { data: 'muted' } }),
    severity: 'warning',
    node: 'data',
    says: /is muted/,
  },
  {
    code: 'ema-missing',
    graph: ringWith({ networks: (all) => all.map(({ ema: _, ...network }) => network) }),
    node: 'ema',
    says: /network Generator keeps none/,
    fix: 'set-params',
  },
  {
    code: 'optimizer-no-loss',
    graph: ringWith({ unwire: ['loss.d > adam-d.loss'] }),
    node: 'adam-d',
    says: /no loss/,
  },
  {
    code: 'optimizer-no-theta',
    graph: ringWith({ unwire: ['D.theta > adam-d.theta'] }),
    node: 'adam-d',
    says: /no θ/,
  },
  {
    code: 'loss-no-theta',
    graph: ringWith({
      unwire: ['fake.x > d-fake.x'],
      wires: ['ema.x > d-fake.x'],
    }),
    node: 'adam-g',
    says: /g of Non-saturating does not depend on any θ/,
  },
  {
    code: 'theta-unreached',
    graph: ringWith({
      unwire: ['fake.x > d-fake.x'],
      wires: ['ema.x > d-fake.x', 'D.theta > adam-g.theta'],
    }),
    severity: 'warning',
    node: 'adam-g',
    says: /does not depend on θ of Generator/,
  },
  {
    code: 'steps-not-one',
    graph: ringWith({ settings: { update: 'simultaneous' }, params: { 'adam-d': { steps: 5 } } }),
    node: 'adam-d',
    says: /makes 5 steps/,
    fix: 'set-params',
  },
  {
    code: 'order-tie',
    graph: ringWith({ params: { 'adam-g': { order: 0 } } }),
    severity: 'info',
    node: 'adam-d',
    says: /order 0: Adam for D, Adam for G/,
  },
  {
    code: 'unroll-no-opponent',
    graph: ringWith({ params: { 'adam-g': { unroll: 5 } } }),
    node: 'adam-g',
    says: /looks 5 steps ahead, but no opponent is wired/,
    fix: 'set-params',
  },
  {
    code: 'unroll-no-opponent',
    graph: ringWith({
      params: { 'adam-g': { unroll: 5 } },
      wires: ['adam-g.look-ahead > adam-g.opponent'],
    }),
    node: 'adam-g',
    says: /looks 5 steps ahead of itself/,
    fix: 'set-params',
  },
  { code: 'nothing-trains', graph: sketch({ nodes: [] }), severity: 'warning', says: /nothing to train/ },
  {
    code: 'player-limit',
    graph: ringWith({
      nodes: Array.from({ length: 63 }, (_, i) => ({ id: `sgd-${i}`, kind: 'sgd' })),
      wires: Array.from({ length: 63 }, (_, i) => [
        `loss.d > sgd-${i}.loss`,
        `D.theta > sgd-${i}.theta`,
      ]).flat(),
    }),
    node: 'sgd-62',
    says: /65 players; at most 64/,
  },
];
