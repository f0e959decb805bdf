import { sdOf, weightOf } from '@/lib/data/truth';
import { sameDims } from '@/lib/shapes/shape';
import type { CheckedNode, End } from '../checked';
import { appliedBy, upstream } from '../game';
import { mention } from '../mention';
import { knownModes } from './known-modes';
import { type Finding, type Rule, type RuleContext, runningNodes } from './rule';

const cycleGan = { label: 'Zhu et al. 2017 (CycleGAN)', url: 'https://arxiv.org/abs/1703.10593' };

/** Generators that turn data into other data. */
export const translationRules: readonly Rule[] = [
  {
    id: 'translation-no-noise',
    severity: 'info',
    source: { label: 'Isola et al. 2017 (pix2pix)', url: 'https://arxiv.org/abs/1611.07004' },
    find: (context) =>
      context.duels.flatMap(({ loss, generators }) => {
        const { checked } = context;
        const real = upstream(checked.nodes, loss.wiredFrom.get('real') ?? []);
        const isPaired = [...real].some(
          ([node, ports]) => node.definition?.role === 'source' && ports.has('target'),
        );
        if (!isPaired) return [];
        return generators
          .filter((network) => !isRandom(context, network))
          .map((network) => ({
            node: network,
            message: `${mention(network)} has neither noise nor dropout: it gives one answer for each x, though there may be many.`,
            hint: 'Give it a latent beside x, or dropout.',
          }));
      }),
  },
  {
    id: 'identity-shifted',
    severity: 'info',
    source: cycleGan,
    find: (context) =>
      distancesIn(context).flatMap(({ loss, source, calls }): readonly Finding[] => {
        const [network] = calls;
        if (calls.length !== 1 || !network) return [];
        const other = domainsOf(context, network).find((each) => each !== source);
        const [own, theirs] = [momentsOf(source), other && momentsOf(other)];
        if (!own || !theirs || own.mean.length !== theirs.mean.length) return [];
        const shift = Math.hypot(...own.mean.map((value, axis) => value - (theirs.mean[axis] as number)));
        if (!other || shift <= own.sd) return [];
        return [
          {
            node: loss.node.id,
            message: `${mention(loss.node.id)} asks ${mention(network)} to leave ${mention(source.node.id)} as it is, and ${mention(other.node.id)} lies ${shift.toPrecision(2)} away from it, ${(shift / own.sd).toPrecision(2)} deviations: ${mention(network)} has to move the one and not the other.`,
            hint: 'An identity loss suits domains that differ in style; leave it out here.',
          },
        ];
      }),
  },
  {
    id: 'cycle-plain',
    severity: 'warning',
    source: cycleGan,
    find: (context) => {
      const plain = distancesIn(context)
        .filter(({ source }) => source.outputShapes.get('x')?.dims.length === 1)
        .flatMap(({ calls }) =>
          calls.length === 2 && calls.every((id) => translates(context, id)) ? calls : [],
        )
        .filter((network) => !hasShortcut(context, network));
      return [...new Set(plain)].map((network) => ({
        node: network,
        message: `${mention(network)} has to find the whole map by itself: a cycle is as content with any permutation of the modes, and such generators found a wrong one 5 times of 5.`,
        hint: 'Add its input to its output, so that it starts near the identity.',
      }));
    },
  },
];

/** A loss of the distance between a source's x and what a chain of networks makes of it: the last is first. */
interface Distance {
  readonly loss: CheckedNode;
  readonly source: CheckedNode;
  readonly calls: readonly string[];
}

function distancesIn({ checked, players }: RuleContext): readonly Distance[] {
  const losses = new Set(players.flatMap(({ needed }) => [...needed.keys()]));
  return [...losses].flatMap((loss): readonly Distance[] => {
    const ends = [...loss.wiredFrom.values()].flat();
    if (!loss.definition?.traits?.distance || ends.length !== 2) return [];
    const isSource = ({ id }: End) => checked.nodes.get(id)?.definition?.role === 'source';
    const plain = ends.find(isSource);
    const made = ends.find((end) => !isSource(end));
    const source = plain && checked.nodes.get(plain.id);
    if (!source || !made) return [];
    const calls: string[] = [];
    let end: End | undefined = made;
    while (end && calls.length < 3) {
      const node: CheckedNode | undefined = checked.nodes.get(end.id);
      if (node === source) return [{ loss, source, calls }];
      if (node?.definition?.role !== 'call' || node.wiredFrom.size !== 1) return [];
      calls.push(appliedBy(node) ?? '');
      end = node.wiredFrom.values().next().value?.[0];
    }
    return [];
  });
}

/** What a network's calls are fed straight from. */
const domainsOf = ({ checked }: RuleContext, network: string): readonly CheckedNode[] =>
  (checked.networks.get(network)?.calls ?? []).flatMap((call) =>
    [...(checked.nodes.get(call)?.wiredFrom.values() ?? [])]
      .flat()
      .map(({ id }) => checked.nodes.get(id))
      .filter((node) => node?.definition?.role === 'source')
      .flatMap((node) => node ?? []),
  );

/** A generator of some duel that gives what it takes. */
function translates({ checked, duels }: RuleContext, id: string): boolean {
  const network = checked.networks.get(id);
  const [[input] = [], [output] = []] = [
    [...(network?.inputShapes.values() ?? [])],
    [...(network?.outputShapes.values() ?? [])],
  ];
  return (
    duels.some(({ generators }) => generators.includes(id)) &&
    input !== undefined &&
    output !== undefined &&
    sameDims(input.dims, output.dims)
  );
}

/** Whether some sum in the network takes its input as it is. */
function hasShortcut({ checked }: RuleContext, id: string): boolean {
  const inputs = new Set(checked.networks.get(id)?.inputs.values());
  return [...runningNodes(checked, id)].some(
    ({ definition, wiredFrom }) =>
      definition?.traits?.sums && [...wiredFrom.values()].flat().some((end) => inputs.has(end.id)),
  );
}

/** Noise is fed to one of its calls, or drawn inside. */
function isRandom({ checked }: RuleContext, network: string): boolean {
  const inside = [...runningNodes(checked, network)].some(
    ({ definition }) => definition !== undefined && 'random' in definition && definition.random,
  );
  const calls = checked.networks.get(network)?.calls ?? [];
  const fed = calls.flatMap((call) => [...(checked.nodes.get(call)?.wiredFrom.values() ?? [])].flat());
  const sources = [...upstream(checked.nodes, fed).keys()];
  return inside || sources.some(({ definition }) => definition?.traits?.noise);
}

/** Mean and spread of a mixture, over all axes together. */
function momentsOf(
  source: CheckedNode,
): { readonly mean: readonly number[]; readonly sd: number } | undefined {
  const modes = knownModes(source);
  if (!modes) return undefined;
  const mean = (modes.centres[0] ?? []).map((_, axis) =>
    modes.centres.reduce((sum, centre, k) => sum + weightOf(modes, k) * (centre[axis] as number), 0),
  );
  const variance = modes.centres.reduce((sum, centre, k) => {
    const squares = centre.map(
      (value, axis) => (value - (mean[axis] as number)) ** 2 + sdOf(modes, k, axis) ** 2,
    );
    return sum + (weightOf(modes, k) * squares.reduce((all, each) => all + each, 0)) / mean.length;
  }, 0);
  return { mean, sd: Math.sqrt(variance) };
}
