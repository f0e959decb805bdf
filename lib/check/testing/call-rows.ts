import type { Row } from './document-rows';
import { inD } from './document-rows';
import { ringWith, type Sketch, sketch } from './graphs';

/** The ring with one more call of D, which is looked at. */
const called = (
  params: Record<string, string | boolean>,
  wires: readonly string[],
  nodes: Sketch['nodes'] = [],
) =>
  ringWith({
    nodes: [
      { id: 'again', kind: 'call', params: { network: 'D', ...params } },
      { id: 'look', kind: 'view-values' },
      ...nodes,
    ],
    wires,
  });

/** A network N of one layer from [2] to [2], called, and called backwards on what `from` gives. */
const flow = (kind: string, from: string) =>
  ringWith({
    networks: (networks) => [...networks, ...sketch({ networks: [{ id: 'N' }], nodes: [] }).networks],
    nodes: [
      { id: 'n-in', kind: 'network-input', network: 'N' },
      { id: 'n-layer', kind, network: 'N' },
      { id: 'n-out', kind: 'network-output', network: 'N' },
      { id: 'there', kind: 'call', params: { network: 'N' } },
      { id: 'back', kind: 'call', params: { network: 'N', inverse: true } },
      { id: 'look', kind: 'view-values' },
    ],
    wires: [
      'n-in.out > n-layer.in',
      'n-layer.out > n-out.in',
      'data.x > there.x',
      `${from} > back.out`,
      'back.x > look.in',
    ],
  });

const secondInput = {
  nodes: [inD('d-extra', 'network-input', { name: 'y' })],
  wires: ['data.labels > d-real.y', 'data.labels > d-fake.y'],
};

/** Calls that run a network backwards, or sample from it; slopes between wires. */
export const callRows: readonly Row[] = [
  {
    code: 'not-invertible',
    graph: called({ inverse: true }, ['d-real.score > again.score', 'again.x > look.in']),
    node: 'again',
    says: /D⁻¹\(D\(x\)\) runs network Discriminator backwards, but Dense has no inverse/,
  },
  {
    code: 'not-invertible',
    graph: called(
      { inverse: true },
      ['d-real.score > again.score', 'again.x > look.in', ...secondInput.wires],
      secondInput.nodes,
    ),
    node: 'again',
    says: /only a chain of layers .* Discriminator has 2 inputs and 1 outputs/,
  },
  {
    code: 'not-invertible',
    graph: flow('tanh', 'there.out'),
    node: 'back',
    says: /but Tanh has no inverse/,
  },
  {
    code: 'shape-mismatch',
    graph: flow('coupling', 'data.labels'),
    node: 'back',
    says: /N⁻¹\(y\) runs network N backwards from \[8\], but what comes out of N is \[2\]/,
  },
  {
    code: 'sample-shape',
    graph: called({ sample: 'autoregressive' }, ['data.x > again.x', 'again.score > look.in']),
    node: 'again',
    says: /score \(\[1\]\) must have a logit for each number of x \(\[2\]\)/,
  },
  {
    code: 'sample-shape',
    graph: called(
      { sample: 'autoregressive' },
      ['data.x > again.x', 'data.labels > again.y', 'again.score > look.in', ...secondInput.wires],
      secondInput.nodes,
    ),
    node: 'again',
    says: /takes one input and one output; Discriminator has 2 and 1/,
  },
  {
    code: 'param-invalid',
    graph: ringWith({ params: { 'd-out': { name: 'log-det' } } }),
    node: 'd-out',
    says: /name is "log-det"/,
  },
  {
    code: 'input-without-effect',
    graph: ringWith({
      nodes: [
        { id: 'slope', kind: 'gradient-norm' },
        { id: 'look', kind: 'view-values' },
      ],
      wires: ['d-real.score > slope.of', 'fake.x > slope.at', 'slope.out > look.in'],
    }),
    node: 'slope',
    says: /the gradient of D\(x\) in G\(z\), but D\(x\) is not computed from G\(z\)/,
  },
];
