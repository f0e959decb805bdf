import { sizeOf } from '@/lib/shapes/shape';
import type { CheckedNode, End } from '../checked';
import { appliedBy, upstream } from '../game';
import { mention } from '../mention';
import { type Finding, ganhacks, type Rule, type RuleContext, runningNodes } from './rule';

/** What goes into generators besides data: noise, and labels. */

/** In one or two dimensions a square is as good as a ball. */
const FEW = 2;

const firstEnd = (node: CheckedNode): End | undefined => node.wiredFrom.values().next().value?.[0];

/** A source of noise of more than a few numbers, of this distribution. */
const isNoise = (node: CheckedNode | undefined, distribution: string): node is CheckedNode =>
  node?.definition?.traits?.noise === true &&
  node.params.distribution === distribution &&
  sizeOf([...node.outputShapes.values()][0]?.dims ?? []) > FEW;

export const noiseRules: readonly Rule[] = [
  {
    id: 'latent-uniform',
    severity: 'info',
    source: ganhacks,
    find: ({ checked, duels }) => {
      const generators = new Set(duels.flatMap((duel) => duel.generators));
      const calls = [...checked.nodes.values()].filter((node) => generators.has(appliedBy(node) ?? ''));
      const fed = upstream(
        checked.nodes,
        calls.flatMap((call) => [...call.wiredFrom.values()].flat()),
      );
      return [...fed.keys()]
        .filter((node) => isNoise(node, 'uniform'))
        .map((node) => ({
          node: node.node.id,
          message: `${mention(node.node.id)} draws ${sizeOf([...node.outputShapes.values()][0]?.dims ?? [])} uniform numbers: most of a cube lies in its corners. A normal z has no corners, and its points can be mixed along arcs.`,
          hint: 'Use the normal distribution.',
          fix: {
            type: 'set-params' as const,
            label: 'Use normal',
            node: node.node.id,
            params: { distribution: 'normal' },
          },
        }));
    },
  },
  {
    id: 'interpolation-straight',
    severity: 'info',
    source: { label: 'White 2016', url: 'https://arxiv.org/abs/1609.04468' },
    find: ({ checked }) =>
      [...checked.nodes.values()].flatMap((node): readonly Finding[] => {
        if (node.params.path !== 'linear' || !checked.active.has(node.node.id)) return [];
        const ends = [...node.wiredFrom.values()].flat();
        if (!ends.every(({ id }) => isNoise(checked.nodes.get(id), 'normal'))) return [];
        const size = sizeOf([...node.outputShapes.values()][0]?.dims ?? []);
        const [middle, usual] = [Math.sqrt(size / 2), Math.sqrt(size)].map((value) => value.toPrecision(3));
        return [
          {
            node: node.node.id,
            message: `${mention(node.node.id)} goes straight between normal latents of ${size} numbers: halfway they are about ${middle} long, where the generator has learned lengths of about ${usual}.`,
            hint: 'Go along the arc.',
            fix: {
              type: 'set-params',
              label: 'Use the arc',
              node: node.node.id,
              params: { path: 'spherical' },
            },
          },
        ];
      }),
  },
  {
    id: 'label-raw-convolution',
    severity: 'warning',
    source: { label: 'Mirza & Osindero 2014', url: 'https://arxiv.org/abs/1411.1784' },
    find: (context) =>
      [...context.checked.networks.keys()].flatMap((network) =>
        [...runningNodes(context.checked, network)]
          .filter(({ definition }) => definition?.traits?.convolution)
          .flatMap((node): readonly Finding[] => {
            const classes = labelsInto(context, network, node);
            if (classes === undefined) return [];
            return [
              {
                node: node.node.id,
                message: `${mention(node.node.id)} reads ${classes} one-hot labels as if they were pixels: neighbours among classes mean nothing.`,
                hint: 'Make a map of them first (Dense and Reshape, or an Embedding), and join it to the image.',
              },
            ];
          }),
      ),
  },
];

/** How many classes a layer reads, where labels come to it with nothing but rearrangement on the way. */
function labelsInto({ checked }: RuleContext, network: string, layer: CheckedNode): number | undefined {
  let node: CheckedNode | undefined = layer;
  for (let hops = 0; node && hops <= checked.nodes.size; hops++) {
    const end = firstEnd(node);
    node = end && checked.nodes.get(end.id);
    if (node?.definition?.role === 'network-input') break;
    if (!node?.definition?.traits?.keepsValues) return undefined;
  }
  const port = [...(checked.networks.get(network)?.inputs ?? [])].find(([, id]) => id === node?.node.id)?.[0];
  for (const call of checked.networks.get(network)?.calls ?? []) {
    const end = checked.nodes.get(call)?.wiredFrom.get(port ?? '')?.[0];
    const fed = end && checked.nodes.get(end.id);
    if (fed?.definition?.role !== 'source') continue;
    if (end?.port === 'labels' || fed.params.classes !== undefined)
      return sizeOf(fed.outputShapes.get(end?.port ?? '')?.dims ?? []);
  }
  return undefined;
}
