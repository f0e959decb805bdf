import { describe, expect, it } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { sketch } from '@/lib/check/testing/graphs';
import { penalised } from '@/lib/check/testing/penalty-rows';
import type { Graph } from '@/lib/graph/schema';
import { canConnect } from './can-connect';

const say = (graph: Graph, from: string, to: string) => {
  const fit = canConnect(checkGraph(graph), from, to);
  return fit.ok ? 'fits' : `${fit.why}: ${fit.reason}`;
};

describe('ports of a loss that applies a network', () => {
  const graph = penalised({ unwire: ['data.x > penalty.real', 'fake.x > penalty.fake'] });

  it('take what the network takes', () => {
    expect(say(graph, 'fake.x', 'penalty.fake')).toBe('fits');
    expect(say(graph, 'd-fake.score', 'penalty.fake')).toBe(
      'shape: Gradient penalty feeds x of Discriminator, which takes [2], and this wire carries [1].',
    );
  });

  it('take for a further input what that takes', () => {
    const labelled = penalised({
      nodes: [{ id: 'd-labels', kind: 'network-input', network: 'D', params: { name: 'labels' } }],
      wires: ['data.labels > d-real.labels', 'data.labels > d-fake.labels'],
    });
    expect(say(labelled, 'data.labels', 'penalty.labels')).toBe('fits');
    expect(say(labelled, 'data.x', 'penalty.labels')).toMatch(
      /^shape: .*labels of Discriminator.*\[8\].*\[2\]/,
    );
  });
});

describe('ports between which a slope is taken', () => {
  const slope = (...wires: string[]) => penalised({ nodes: [{ id: 'slope', kind: 'gradient-norm' }], wires });

  it('take a score and what it is computed from, in either order', () => {
    expect(say(slope('fake.x > slope.at'), 'd-fake.score', 'slope.of')).toBe('fits');
    expect(say(slope('d-fake.score > slope.of'), 'z.out', 'slope.at')).toBe('fits');
  });

  it('say so where one does not lead to the other', () => {
    expect(say(slope('data.x > slope.at'), 'd-fake.score', 'slope.of')).toBe(
      'shape: D(G(z)) is not computed from Dataset, so it has no slope there.',
    );
    expect(say(slope('d-real.score > slope.of'), 'fake.x', 'slope.at')).toMatch(/^shape: D\(x\) is not/);
  });
});

describe('a call that runs backwards', () => {
  const flow = (layer: string) =>
    sketch({
      networks: [{ id: 'F' }],
      nodes: [
        { id: 'in', kind: 'network-input', network: 'F', params: { name: 'x' } },
        { id: 'layer', kind: layer, network: 'F' },
        { id: 'out', kind: 'network-output', network: 'F', params: { name: 'z' } },
        { id: 'z', kind: 'latent', params: { shape: [4] } },
        { id: 'other', kind: 'latent', params: { shape: [3] } },
        { id: 'forth', kind: 'call', params: { network: 'F' } },
        { id: 'back', kind: 'call', params: { network: 'F', inverse: true } },
      ],
      wires: ['in.out > layer.in', 'layer.out > out.in', 'z.out > forth.x'],
    });

  it('takes what the network gives', () => {
    expect(say(flow('coupling'), 'forth.z', 'back.z')).toBe('fits');
    expect(say(flow('coupling'), 'other.out', 'back.z')).toBe(
      'shape: F⁻¹(·) runs F backwards, from [4], and this wire carries [3].',
    );
  });

  it('says that a network has no inverse', () => {
    expect(say(flow('relu'), 'z.out', 'back.z')).toMatch(/^shape: F has no inverse/);
  });

  it('does not say what the others of the network are fed', () => {
    expect(say(flow('coupling'), 'other.out', 'forth.x')).toBe('fits');
  });
});
