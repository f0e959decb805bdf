import type { NodeDefinition } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { registry } from '@/lib/nodes/registry';
import type { CheckedNode, End } from '../checked';
import { endText, type Finding, ganhacks, type Rule, type RuleContext, titleOf } from './rule';
import { boundsOf, producerOf, sayRange } from './values';

/** Images are in [-1, 1]. */
const IMAGES: readonly [number, number] = [-1, 1];
const isImageRange = (range: readonly [number, number]) => range[0] === IMAGES[0] && range[1] === IMAGES[1];

/** Data against what the networks make of it. */
export const dataRules: readonly Rule[] = [
  {
    id: 'image-range',
    severity: 'warning',
    source: ganhacks,
    find: ({ checked, duels }) =>
      [...new Set(duels.flatMap(({ generators }) => generators))].flatMap((id) => {
        const network = checked.networks.get(id);
        return [...(network?.outputs ?? [])].flatMap(([name, output]): readonly Finding[] => {
          const into = checked.nodes.get(output)?.wiredFrom.values().next().value?.[0];
          const producer = into && producerOf(checked, into);
          const dims = network?.outputShapes.get(name)?.dims;
          if (!producer || dims?.length !== 3) return [];
          const bounds = boundsOf(checked, into);
          const isOpen = !bounds && producer.node.definition?.role === 'layer';
          if (bounds ? isImageRange(bounds.range) : !isOpen) return [];
          const { node, reader } = { ...producer, ...(bounds && { node: bounds.by }) };
          return [rangeFinding({ node, reader }, bounds?.range, endText(into), output, name)];
        });
      }),
  },
  {
    id: 'truth-unknown',
    severity: 'warning',
    source: { label: 'Srivastava et al. 2017 (VEEGAN)', url: 'https://arxiv.org/abs/1705.07761' },
    find: ({ checked }) =>
      [...checked.nodes.values()].flatMap((node): readonly Finding[] => {
        const needed = node.definition?.traits?.needsTruth;
        const data = checked.nodes.get(String(node.params.dataset));
        if (!needed || data?.definition?.role !== 'source') return [];
        if (data.definition.truth?.(resolveParams(data.params, 0))[needed]) return [];
        return [
          {
            node: node.node.id,
            message: `${titleOf(node)} has no result: the ${needed} of ${titleOf(data)} are not known.`,
            hint: 'Use a mixture of Gaussians, such as the ring, or another metric.',
          },
        ];
      }),
  },
  {
    id: 'labels-unused',
    severity: 'info',
    source: ganhacks,
    find: (context) =>
      sourcesInPlay(context).flatMap((source) => {
        const { outputs, outputShapes, node } = source;
        const labels = outputs.find(({ name }) => name === 'labels');
        const isImage = [...outputShapes.values()].some(({ dims }) => dims.length === 3);
        if (!labels || !isImage || isRead(context, { id: node.id, port: labels.name })) return [];
        const classes = outputShapes.get(labels.name)?.dims[0];
        return {
          node: node.id,
          port: labels.name,
          message: `${titleOf(source)} knows the class of each image (${classes} classes), and nothing uses it.`,
          hint: 'Give the labels to generator and discriminator: a conditional GAN learns faster.',
        };
      }),
  },
];

function rangeFinding(
  { node, reader }: { node: CheckedNode; reader: End },
  range: readonly [number, number] | undefined,
  from: string,
  output: string,
  port: string,
): Finding {
  const given = range ? sayRange(range) : 'have no bounds';
  const squash = (registry as readonly NodeDefinition[]).find(
    ({ traits }) => traits?.range && isImageRange(traits.range),
  );
  return {
    node: node.node.id,
    port: reader.port,
    message: `Images are in [-1, 1], but those of ${port} come from ${titleOf(node)}, whose values ${given}.`,
    hint: `End the generator with ${squash?.title ?? 'a tanh'}.`,
    ...(!range &&
      squash && {
        fix: {
          type: 'insert-on-wire' as const,
          label: `Insert ${squash.title}`,
          wire: [from, `${output}.in`] as const,
          kind: squash.kind,
          params: {},
        },
      }),
  };
}

/** Sources that some player's loss draws from. */
function sourcesInPlay({ players }: RuleContext): readonly CheckedNode[] {
  const needed = new Set(players.flatMap((player) => [...player.needed.keys()]));
  return [...needed].filter(({ definition }) => definition?.role === 'source');
}

/** Whether a player, view or metric reads an output. */
function isRead({ checked }: RuleContext, { id, port }: Pick<End, 'id' | 'port'>): boolean {
  for (const active of checked.active)
    for (const ends of checked.nodes.get(active)?.wiredFrom.values() ?? [])
      if (ends.some((end) => end.id === id && end.port === port)) return true;
  return false;
}
