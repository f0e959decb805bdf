import { listNames } from '../draft';
import { mention } from '../mention';
import { ganhacks, type Rule, type RuleContext, runningNodes } from './rule';

const dcgan = { label: 'Radford et al. 2016 (DCGAN)', url: 'https://arxiv.org/abs/1511.06434' };

const unique = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];
const discriminatorsOf = ({ duels }: RuleContext) =>
  unique(duels.map(({ discriminators }) => discriminators));
const generatorsOf = ({ duels }: RuleContext) => unique(duels.map(({ generators }) => generators));

/** What networks are made of. */
export const layerRules: readonly Rule[] = [
  {
    id: 'discriminator-sparse',
    severity: 'info',
    source: ganhacks,
    find: (context) =>
      discriminatorsOf(context).flatMap((id) => {
        const sparse = [...runningNodes(context.checked, id)].filter(
          ({ definition }) => definition?.traits?.sparse,
        );
        if (sparse.length === 0) return [];
        const names = listNames(sparse.map(({ node }) => mention(node.id)));
        return {
          node: sparse[0]?.node.id ?? id,
          message: `${mention(id)} passes no gradient where these are off: ${names}. The generator learns through them.`,
          hint: 'Use Leaky ReLU, and strides for pooling.',
        };
      }),
  },
  {
    id: 'augment-leaves-nothing',
    severity: 'warning',
    source: { label: 'Zhao et al. 2020 (DiffAugment)', url: 'https://arxiv.org/abs/2006.10738' },
    find: ({ checked }) =>
      [...checked.nodes.values()].flatMap(({ node, definition, params, outputShapes }) => {
        const [image] = outputShapes.values();
        const how = image && definition?.traits?.leavesNothing?.(params, image.dims);
        if (how === undefined || !checked.active.has(node.id)) return [];
        return {
          node: node.id,
          message: `${mention(node.id)} ${how}: of some images nothing is left.`,
          hint: 'Cut out less, or move less.',
        };
      }),
  },
  {
    id: 'images-dense-only',
    severity: 'info',
    source: dcgan,
    find: (context) => {
      const { checked } = context;
      return unique([generatorsOf(context), discriminatorsOf(context)]).flatMap((id) => {
        const network = checked.networks.get(id);
        const shapes = [...(network?.inputShapes.values() ?? []), ...(network?.outputShapes.values() ?? [])];
        const image = shapes.find(({ dims }) => dims.length === 3);
        const layers = [...runningNodes(checked, id)].filter(({ parameters }) => parameters > 0);
        if (!image || layers.length === 0) return [];
        if (layers.some(({ definition }) => definition?.traits?.convolution)) return [];
        return {
          node: id,
          message: `Network ${mention(id)} handles images of [${image.dims.join(', ')}] without a convolution, so it does not know which pixels are neighbours.`,
          hint: 'Use Conv 2D, and Conv 2D transpose to make images.',
        };
      });
    },
  },
];
