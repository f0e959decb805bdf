import type { Row } from './document-rows';
import { inD } from './document-rows';
import { ringWith, type Sketch } from './graphs';

/** The ring with a penalty on D beside its loss. */
export const penalised = (changes: {
  readonly penalty?: Record<string, string>;
  readonly nodes?: Sketch['nodes'];
  readonly wires?: readonly string[];
  readonly real?: string;
  readonly fake?: string;
  readonly unwire?: readonly string[];
}) => {
  const { penalty = {}, nodes = [], wires = [], real = 'data.x', fake = 'fake.x', unwire = [] } = changes;
  return ringWith({
    nodes: [
      { id: 'penalty', kind: 'gradient-penalty', params: { network: 'D', output: 'score', ...penalty } },
      { id: 'sum', kind: 'weighted-sum', params: { terms: { gan: 1, penalty: 1 } } },
      ...nodes,
    ],
    unwire: ['loss.d > adam-d.loss', ...unwire],
    wires: [
      `${real} > penalty.real`,
      `${fake} > penalty.fake`,
      'loss.d > sum.gan',
      'penalty.out > sum.penalty',
      'sum.out > adam-d.loss',
      ...wires,
    ],
  });
};

/** A second input of D, fed by the data's labels wherever D is called. */
const labelled = (name: string) => ({
  nodes: [inD('d-extra', 'network-input', { name })],
  wires: [`data.labels > d-real.${name}`, `data.labels > d-fake.${name}`],
});

/** Losses that apply a network, and ways that carry no gradient. */
export const penaltyRows: readonly Row[] = [
  {
    code: 'network-not-chosen',
    graph: penalised({ penalty: { network: '' } }),
    node: 'penalty',
    says: /penalty looks into a network, and none is chosen/,
  },
  {
    code: 'reference-port',
    graph: penalised({ penalty: { output: 'out' } }),
    node: 'penalty',
    says: /names the output "out" of network D/,
    fix: 'set-params',
  },
  {
    code: 'shape-mismatch',
    graph: penalised({ real: 'data.labels' }),
    node: 'penalty',
    says: /Real is \[8\] and fake \[2\]/,
  },
  {
    code: 'shape-mismatch',
    graph: penalised({ penalty: { at: 'real' }, real: 'data.labels' }),
    node: 'penalty',
    says: /gets \[8\] on real, but input x of network Discriminator takes \[2\]/,
  },
  {
    code: 'shape-mismatch',
    graph: penalised({ ...labelled('y'), wires: [...labelled('y').wires, 'data.x > penalty.y'] }),
    node: 'penalty',
    says: /gets \[2\] on y, but input y of network Discriminator takes \[8\]/,
  },
  {
    code: 'input-missing',
    graph: penalised(labelled('y')),
    node: 'penalty',
    says: /needs its input y/,
  },
  {
    code: 'input-without-effect',
    graph: penalised({
      ...labelled('y'),
      penalty: { input: 'y', at: 'real' },
      real: 'data.labels',
      wires: [...labelled('y').wires, 'data.x > penalty.x'],
    }),
    node: 'penalty',
    says: /in network Discriminator score does not depend on y/,
  },
  {
    code: 'loss-no-theta',
    graph: ringWith({
      nodes: [{ id: 'stop', kind: 'stop-gradient' }],
      unwire: ['fake.x > d-fake.x'],
      wires: ['fake.x > stop.in', 'stop.out > d-fake.x'],
    }),
    node: 'adam-g',
    says: /g of Non-saturating does not depend on any θ of Adam for G \(Generator\)/,
  },
  {
    code: 'kind-failed',
    graph: penalised(labelled('real')),
    node: 'penalty',
    says: /further input real/,
  },
];
