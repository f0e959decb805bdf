import { paramMeta } from '@/lib/graph/param';
import { isRamp, sayScheduled } from '@/lib/graph/scheduled';
import type { GraphNode, Settings } from '@/lib/graph/schema';
import { quantity } from '@/lib/util/sentence';
import type { Checked, CheckedNode } from './checked';
import { nameOf, networkName } from './names';

export const settingNames: Readonly<Record<keyof Settings, string>> = {
  seed: 'Seed',
  batchSize: 'Batch size',
  iterations: 'Target iterations',
  update: 'Update',
  consensus: 'Strength of consensus',
  batches: 'Batches',
};

/** One way in which the game of a graph is not that of another. */
interface Difference {
  /** `Adam for D: Learning rate`, or all that there is to say: `Added: Dropout in Discriminator`. */
  readonly what: string;
  /** Where it is a value that differs. */
  readonly values?: readonly [before: string, after: string];
}

/** Positions, names and texts are no differences. */
export function findDifferences(before: Checked, after: Checked): readonly Difference[] {
  const [old, now] = [before.nodes, after.nodes];
  const [oldPlace, place] = [before, after].map((checked) => {
    const places = placesOf(checked);
    return ({ node: { id } }: CheckedNode) => places.get(id) ?? id;
  }) as [(node: CheckedNode) => string, (node: CheckedNode) => string];
  const added = [...now.values()].filter((node) => !old.has(node.node.id) && isPart(node));
  const removed = [...old.values()].filter((node) => !now.has(node.node.id) && isPart(node));
  return [
    ...(Object.keys(settingNames) as (keyof Settings)[]).flatMap((name) =>
      changed(settingNames[name], before.graph.settings[name], after.graph.settings[name]),
    ),
    ...[...after.networks.values()].flatMap(({ network }) => {
      const was = before.networks.get(network.id);
      return was ? changed(`${networkName(after, network.id)}: average`, was.network.ema, network.ema) : [];
    }),
    ...added.map((node) => ({ what: `Added: ${place(node)}` })),
    ...removed.map((node) => ({ what: `Removed: ${oldPlace(node)}` })),
    ...[...now.values()].flatMap((node) => {
      const was = old.get(node.node.id);
      return was ? differencesOf(was, node, place(node)) : [];
    }),
    ...wireDifferences(before, after),
  ];
}

/** A note is read by nobody but people. */
const isPart = ({ definition }: CheckedNode): boolean => definition?.role !== 'note';

const places = new WeakMap<Checked, ReadonlyMap<string, string>>();

/** Where each node is, by its id: `Dense in Generator`. Equal ones are numbered: `Dense in Generator (2)`. */
export function placesOf(checked: Checked): ReadonlyMap<string, string> {
  const known = places.get(checked);
  if (known) return known;
  const times = new Map<string, number>();
  const found = new Map(
    [...checked.nodes.values()].map(({ node }): [string, string] => {
      const place = placeOf(checked, node);
      const time = (times.get(place) ?? 0) + 1;
      times.set(place, time);
      return [node.id, time > 1 ? `${place} (${time})` : place];
    }),
  );
  places.set(checked, found);
  return found;
}

function placeOf(checked: Checked, { id, network }: Pick<GraphNode, 'id' | 'network'>): string {
  const name = nameOf(checked, id);
  return network === undefined ? name : `${name} in ${networkName(checked, network)}`;
}

function differencesOf(was: CheckedNode, is: CheckedNode, place: string): readonly Difference[] {
  if (!isPart(is)) return [];
  const title = ({ definition, node }: CheckedNode) => definition?.title ?? node.kind;
  if (was.node.kind !== is.node.kind) return changed(`${place}: kind`, title(was), title(is));
  const fields = is.definition?.params.shape ?? {};
  return [
    ...changed(`${place}: state`, was.node.state, is.node.state),
    ...Object.keys(is.params).flatMap((name) => {
      const field = fields[name];
      const label = (field && paramMeta(field).label) ?? name;
      return changed(`${place}: ${label}`, was.params[name], is.params[name]);
    }),
  ];
}

/** Between nodes that both have. */
function wireDifferences(before: Checked, after: Checked): readonly Difference[] {
  const has = ({ nodes, networks }: Checked, end: string) => {
    const [id = ''] = end.split('.');
    return nodes.has(id) || networks.has(id);
  };
  const wiresOf = ({ graph }: Checked, other: Checked) =>
    new Set(
      graph.wires
        .filter(([from, to]) => has(other, from) && has(other, to))
        .map(([from, to]) => `${from} ${to}`),
    );
  const [old, now] = [wiresOf(before, after), wiresOf(after, before)];
  const count = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...some].filter((wire) => !others.has(wire)).length;
  const [put, taken] = [count(now, old), count(old, now)];
  return [
    ...(put > 0 ? [{ what: `Added: ${quantity(put, 'wire')} between what both have` }] : []),
    ...(taken > 0 ? [{ what: `Removed: ${quantity(taken, 'wire')} between what both have` }] : []),
  ];
}

const changed = (what: string, before: unknown, after: unknown): readonly Difference[] =>
  JSON.stringify(before) === JSON.stringify(after) ? [] : [{ what, values: [say(before), say(after)] }];

/** Longer values are cut. */
const LONGEST = 40;

function say(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (isRamp(value)) return sayScheduled(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
