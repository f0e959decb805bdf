import { joinEndpoint } from '@/lib/graph/schema';
import type { NodeDefinition } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { registry } from '@/lib/nodes/registry';
import type { Traits } from '@/lib/nodes/traits';
import { formatDims, sameDims } from '@/lib/shapes/shape';
import type { Checked, CheckedNode, End } from '../checked';
import { mention } from '../mention';
import { type Finding, ganhacks, type Rule, type RuleContext } from './rule';
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
          return [
            rangeFinding({ node, reader }, bounds?.range, joinEndpoint(into.id, into.port), output, name),
          ];
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
        const [first] = needed ?? [];
        if (!needed || !first || data?.definition?.role !== 'source') return [];
        const truth = data.definition.truth?.(resolveParams(data.params, 0));
        if (needed.some((name) => truth?.[name])) return [];
        return [
          {
            node: node.node.id,
            message: `${mention(node.node.id)} has no result: the ${truthNames[first]} of ${mention(data.node.id)} are not known.`,
            hint:
              first === 'read'
                ? 'Use a data set that has attributes, such as the grammar, or another metric.'
                : 'Use a mixture of Gaussians, such as the ring, or another metric.',
          },
        ];
      }),
  },
  {
    id: 'samples-unlike-data',
    severity: 'warning',
    source: { label: 'Srivastava et al. 2017 (VEEGAN)', url: 'https://arxiv.org/abs/1705.07761' },
    find: ({ checked }) => [...checked.nodes.values()].flatMap((node) => unlikeData(checked, node)),
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
          message: `${mention(source.node.id)} knows the class of each image (${classes} classes), and nothing uses it.`,
          hint: 'Give the labels to generator and discriminator: a conditional GAN learns faster.',
        };
      }),
  },
];

const truthNames = {
  modes: 'modes',
  classes: 'classes',
  density: 'density',
  entropy: 'entropy',
  attributes: 'attributes',
  read: 'attributes',
  alphabet: 'letters',
} as const satisfies Record<NonNullable<Traits['needsTruth']>[number], string>;

/** Where what a node looks at cannot be of the data set that it names: other dims, letters or attributes. */
function unlikeData(checked: Checked, node: CheckedNode): readonly Finding[] {
  const data = checked.nodes.get(String(node.params.dataset));
  if (data?.definition?.role !== 'source' || !checked.active.has(node.node.id)) return [];
  const truth = data.definition.truth?.(resolveParams(data.params, 0));
  const reads = node.definition?.traits?.needsTruth?.includes('read');
  const own = (reads && data.outputShapes.get('target')) || data.outputShapes.get('x');
  const dimsAt = (port: string) => {
    const end = node.wiredFrom.get(port)?.[0];
    return end && checked.nodes.get(end.id)?.outputShapes.get(end.port)?.dims;
  };
  const find = (port: string, message: string, hint: string): Finding => ({
    node: node.node.id,
    port,
    message,
    hint,
  });
  const [samples, labels] = [dimsAt('samples'), dimsAt('labels')];
  const shown = dimsAt('fake') ?? dimsAt('real');
  if (truth?.alphabet && shown?.length === 2 && shown[1] !== truth.alphabet.length)
    return [
      find(
        'fake',
        `${mention(node.node.id)} gets strings of ${shown[1]} letters, but ${mention(data.node.id)} has ${truth.alphabet.length}: ${truth.alphabet.join(' ')}.`,
        'Name the data set that the strings are of.',
      ),
    ];
  if (!node.definition?.traits?.needsTruth || !own) return [];
  if (samples && !sameDims(samples, own.dims))
    return [
      find(
        'samples',
        `${mention(node.node.id)} has no sense here: samples are ${formatDims(samples)}, and ${mention(data.node.id)} gives ${formatDims(own.dims)}.`,
        'Name the data set that the generator imitates.',
      ),
    ];
  if (!reads || !truth?.read) return [];
  const { attribute, only } = node.params;
  const known = truth.attributes ?? [];
  const unknown = (asked: unknown, among: readonly string[]): readonly Finding[] =>
    typeof asked !== 'string' || among.includes(asked)
      ? []
      : [
          {
            node: node.node.id,
            message: `${mention(node.node.id)} asks for “${asked}”, and ${mention(data.node.id)} knows: ${among.join(', ')}.`,
            hint: 'Name one of them.',
          },
        ];
  const nameless = [
    ...unknown(
      attribute,
      known.flatMap(({ values }) => values),
    ),
    ...unknown(
      only || undefined,
      known.map(({ name }) => name),
    ),
  ];
  if (nameless.length > 0) return nameless;
  const takesGiven = node.inputs.some(({ name }) => name === 'given');
  if (takesGiven && truth.readsGiven && !node.wiredFrom.has('given'))
    return [
      find(
        'given',
        `${mention(node.node.id)} reads targets of ${mention(data.node.id)} by what they were made for, and “given” has no wire.`,
        'Wire x of the data set to it.',
      ),
    ];
  const looked = only ? known.filter(({ name }) => name === only) : known;
  const wanted = looked.map(({ name, values }) => `${name} (${values.length})`);
  const width = looked.reduce((sum, { values }) => sum + values.length, 0);
  if (!labels || labels[0] === width) return [];
  return [
    find(
      'labels',
      `${mention(node.node.id)} gets labels of ${labels[0]} numbers, but the attributes of ${mention(data.node.id)} have ${width} values: ${wanted.join(', ')}.`,
      'Wire a one-hot group for each attribute, side by side.',
    ),
  ];
}

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
    message: `Images are in [-1, 1], but those of ${port} come from ${mention(node.node.id)}, whose values ${given}.`,
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
