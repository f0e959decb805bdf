import { callParams } from '@/lib/nodes/role-params';
import type { Alone } from '@/lib/nodes/traits';
import { rowsOf, sizeOf } from '@/lib/shapes/shape';
import type { Checked, CheckedNode } from '../checked';
import { listNames } from '../draft';
import { appliedBy } from '../game';
import { mention } from '../mention';
import { type Finding, ganhacks, type Rule, type RuleContext, runningNodes } from './rule';

const batchNorm = { label: 'Ioffe & Szegedy 2015', url: 'https://arxiv.org/abs/1502.03167' };

/** Below so many examples a mean is mostly noise. */
const FEW = 4;

/** Kinds that look at the whole batch, and how much of one there is. */
export const batchRules: readonly Rule[] = [
  {
    id: 'batch-of-one',
    severity: 'error',
    source: batchNorm,
    find: ({ checked }) =>
      comparing(checked).flatMap(({ node, alone }) =>
        alone?.severity === 'error'
          ? {
              node: node.node.id,
              message: `${mention(node.node.id)} gets a batch of one example and ${alone.says}: nothing can be learned through it.`,
              hint: 'Raise the batch size to 2 or more; 16 is better. Layer norm needs no batch.',
            }
          : [],
      ),
  },
  {
    id: 'batch-small',
    severity: 'warning',
    source: batchNorm,
    find: ({ checked }) =>
      comparing(checked).flatMap(({ node, rows, alone }) => {
        const about = { node: node.node.id, hint: 'Raise the batch size, or leave the layer out.' };
        if (alone)
          return alone.severity === 'error'
            ? []
            : {
                ...about,
                message: `${mention(node.node.id)} gets a batch of one example and ${alone.says}.`,
              };
        if (rows >= FEW || !node.definition?.traits?.batchStatistics) return [];
        return {
          ...about,
          message: `${mention(node.node.id)} takes mean and deviation from a batch of ${rows}; below ${FEW} they are mostly noise.`,
        };
      }),
  },
  {
    id: 'batch-norm-moving',
    severity: 'warning',
    source: ganhacks,
    find: (context) =>
      [...new Set(context.duels.flatMap(({ discriminators }) => discriminators))]
        .filter((network) => [...runningNodes(context.checked, network)].some(keepsStatistics))
        .flatMap((network) => judgedByAll(context, network)),
  },
];

const keepsStatistics = ({ definition }: CheckedNode): boolean =>
  definition?.role === 'layer' && definition.advance !== undefined && !!definition.traits?.batchStatistics;

/** Calls in eval mode that a player learns by: their statistics are of all the batches that moved them. */
function judgedByAll({ checked, players }: RuleContext, network: string): readonly Finding[] {
  const callsIn = (asking: RuleContext['players'], mode: 'train' | 'eval') => {
    const needed = new Set(asking.flatMap((player) => [...player.needed.keys()]));
    return (checked.networks.get(network)?.calls ?? []).filter((id) => {
      const call = checked.nodes.get(id);
      return call && needed.has(call) && callParams(call)?.mode === mode;
    });
  };
  const holders = players.filter(({ networks }) => networks.has(network));
  const moving = callsIn(holders, 'train').map(mention);
  const whose =
    moving.length === 0 ? 'which no call moves from 0 and 1' : `which are of ${listNames(moving)} together`;
  return callsIn(players, 'eval').map((call) => ({
    node: call,
    path: 'params.mode',
    message: `${mention(call)} is normalised by the moving statistics of ${mention(network)}, ${whose}, not by those of its own batch: real data and fakes are judged on another scale than the one learned.`,
    hint: 'Normalise each batch, all real or all fake, by itself.',
    fix: { type: 'set-params' as const, label: 'Use train mode', node: call, params: { mode: 'train' } },
  }));
}

interface Comparing {
  readonly node: CheckedNode;
  readonly rows: number;
  /** What it makes of one example, if it gets no more than one. */
  readonly alone: Alone | undefined;
}

/** Nodes that compare the examples of a batch in some training. */
function comparing(checked: Checked): readonly Comparing[] {
  const trained = new Set(
    [...checked.nodes.values()].filter(({ node }) => checked.active.has(node.id)).flatMap(trains),
  );
  return [...checked.nodes.values()].flatMap((node): readonly Comparing[] => {
    const { id, network, state } = node.node;
    const { alone, batchStatistics } = node.definition?.traits ?? {};
    if ((!alone && !batchStatistics) || state || !checked.active.has(id)) return [];
    if (network !== undefined && !trained.has(network)) return [];
    const end = node.wiredFrom.values().next().value?.[0];
    const shape = end && checked.nodes.get(end.id)?.outputShapes.get(end.port);
    if (!shape) return [];
    const rows = rowsOf(shape.batch, checked.graph.settings.batchSize);
    const values = alone?.overSpace ? rows * sizeOf(shape.dims.slice(0, -1)) : rows;
    return [{ node, rows, alone: values === 1 ? alone : undefined }];
  });
}

/** The network that a node applies in train mode. */
function trains(node: CheckedNode): readonly string[] {
  const network = appliedBy(node);
  return network === undefined || callParams(node)?.mode === 'eval' ? [] : [network];
}
