import type { Severity } from '@/lib/graph/diagnostic';
import type { Graph } from '@/lib/graph/schema';
import { ringWith } from './graphs';

/** A diagnostic and a graph that earns it. */
export interface Row {
  readonly code: string;
  readonly graph: Graph;
  readonly severity?: Severity;
  readonly node?: string;
  /** What the message must say: the numbers and names. */
  readonly says: RegExp;
  readonly fix?: string;
}

export const inD = (id: string, kind: string, params = {}) => ({ id, kind, network: 'D', params });

/** Kinds, parameters, references and wires. */
export const documentRows: readonly Row[] = [
  {
    code: 'unknown-kind',
    graph: ringWith({ nodes: [{ id: 'q', kind: 'quantum' }] }),
    node: 'q',
    says: /"quantum"/,
  },
  {
    code: 'param-unknown',
    graph: ringWith({ params: { 'g-dense-1': { unit: 3 } } }),
    node: 'g-dense-1',
    says: /no parameter "unit"/,
  },
  {
    code: 'param-range',
    graph: ringWith({ params: { 'g-dense-1': { units: 0 } } }),
    node: 'g-dense-1',
    says: /units is 0; it must be at least 1/,
    fix: 'set-params',
  },
  {
    code: 'param-range',
    graph: ringWith({ params: { 'adam-d': { beta1: 1 } } }),
    node: 'adam-d',
    says: /beta1 is 1; it must be less than 1/,
    fix: 'set-params',
  },
  {
    code: 'param-range',
    graph: ringWith({ params: { 'adam-d': { learningRate: 99 } } }),
    node: 'adam-d',
    says: /learningRate is 99; it must be at most 10/,
  },
  {
    code: 'param-invalid',
    graph: ringWith({ params: { 'g-dense-1': { units: { from: 8, to: 64 } } } }),
    node: 'g-dense-1',
    says: /units is a ramp from 8 to 64/,
    fix: 'set-params',
  },
  {
    code: 'param-invalid',
    graph: ringWith({ params: { 'g-dense-1': { units: 'many' } } }),
    node: 'g-dense-1',
    says: /units is "many"/,
    fix: 'set-params',
  },
  {
    code: 'param-invalid',
    graph: ringWith({ params: { data: { options: { modes: 0 } } } }),
    node: 'data',
    says: /options.modes is 0/,
  },
  {
    code: 'param-range',
    graph: ringWith({ params: { z: { distribution: 'uniform', low: 2, high: 1 } } }),
    node: 'z',
    says: /low is 2, high is 1/,
    fix: 'set-params',
  },
  {
    code: 'reference-network',
    graph: ringWith({ params: { ema: { network: 'H' } } }),
    node: 'ema',
    says: /"H", which does not exist/,
  },
  {
    code: 'reference-port',
    graph: ringWith({ params: { surface: { output: 'logit' } } }),
    node: 'surface',
    says: /"logit" of network D/,
    fix: 'set-params',
  },
  {
    code: 'reference-node',
    graph: ringWith({ params: { quality: { dataset: 'date' } } }),
    node: 'quality',
    says: /"date", which does not exist/,
  },
  {
    code: 'reference-node',
    graph: ringWith({ params: { quality: { dataset: 'loss' } } }),
    node: 'quality',
    says: /names Non-saturating, which is no source/,
  },
  {
    code: 'wire-dangling',
    graph: ringWith({ wires: ['ghost.out > samples.fake'] }),
    says: /starts at "ghost"/,
    fix: 'remove-wire',
  },
  {
    code: 'wire-dangling',
    graph: ringWith({ wires: ['z.out > ghost.in'] }),
    says: /ends at "ghost"/,
    fix: 'remove-wire',
  },
  {
    code: 'port-unknown',
    graph: ringWith({ wires: ['z.noise > samples.fake'] }),
    node: 'z',
    says: /no output "noise"/,
  },
  {
    code: 'port-unknown',
    graph: ringWith({ wires: ['z.out > loss.score'] }),
    node: 'loss',
    says: /no input "score"/,
  },
  { code: 'port-unknown', graph: ringWith({ wires: ['G.x > samples.fake'] }), node: 'G', says: /only its θ/ },
  {
    code: 'port-unknown',
    graph: ringWith({ wires: ['z.out > G.z'] }),
    node: 'G',
    says: /wires cannot end at a frame/,
  },
  {
    code: 'wire-crosses-frame',
    graph: ringWith({ unwire: ['z.out > fake.z'], wires: ['g-dense-1.out > fake.z'] }),
    node: 'fake',
    says: /from Dense in network Generator to G\(z\) in the game/,
    fix: 'remove-wire',
  },
  {
    code: 'type-mismatch',
    graph: ringWith({ unwire: ['loss.g > adam-g.loss'], wires: ['z.out > adam-g.loss'] }),
    node: 'adam-g',
    says: /Latent is a tensor, but loss of Adam for G takes a loss/,
    fix: 'remove-wire',
  },
  {
    code: 'input-taken',
    graph: ringWith({ wires: ['data.x > loss.real'] }),
    node: 'loss',
    says: /into real of Non-saturating: from D\(x\) and from x of Dataset/,
    fix: 'remove-wire',
  },
  {
    code: 'wire-duplicate',
    graph: ringWith({ wires: ['G.theta > adam-g.theta'] }),
    severity: 'warning',
    node: 'adam-g',
    says: /θ of Generator is wired to Adam for G twice/,
    fix: 'remove-wire',
  },
];
