import type { PlanLayer, PlanNetwork } from '@/lib/compile/plan';
import { readConditions } from './expressions';

/** All of these hold. `node` is who reads on that condition, by `port`. */
type Conditions = readonly Condition[];

interface Condition {
  readonly node: string;
  readonly port: string;
  readonly text: string;
}

/**
 * Per layer of a network, the condition under which its output is read: `alpha > 0`. Layers that are always read are
 * left out, and so are those that nobody reads.
 */
export function guardsOf(network: PlanNetwork): ReadonlyMap<string, string> {
  const ports = new Map<string, readonly Condition[]>();
  const guards = new Map<string, readonly Conditions[]>();
  const add = (id: string, more: readonly Conditions[]) =>
    guards.set(id, simplify([...(guards.get(id) ?? []), ...more], ports));
  for (const { from } of network.outputs) add(from.node, [[]]);
  for (const layer of [...network.nodes].reverse()) {
    const own = guards.get(layer.id);
    if (!own) continue;
    const conditions = conditionsOf(layer);
    ports.set(layer.id, conditions);
    for (const [port, refs] of Object.entries(layer.inputs)) {
      const condition = conditions.find((each) => each.port === port);
      const onPort = condition ? own.map((all) => [...all, condition]) : own;
      for (const { node } of refs) add(node, onPort);
    }
  }
  return new Map(
    [...guards].flatMap(([id, alternatives]) => {
      const text = write(alternatives);
      return text === undefined ? [] : [[id, text] as const];
    }),
  );
}

const conditionsOf = (layer: PlanLayer): readonly Condition[] =>
  Object.entries(readConditions(layer)).map(([port, text]) => ({ node: layer.id, port, text }));

const keyOf = (all: Conditions): string => [...new Set(all.map(({ text }) => text))].sort().join(' and ');

/** Fewer alternatives that say the same: a kind reads one of its inputs at least, and what holds more says less. */
function simplify(
  alternatives: readonly Conditions[],
  ports: ReadonlyMap<string, readonly Condition[]>,
): readonly Conditions[] {
  const all = [...alternatives];
  const has = (wanted: Conditions) => all.some((each) => keyOf(each) === keyOf(wanted));
  for (const each of all)
    for (const { node } of each) {
      const rest = each.filter((condition) => condition.node !== node);
      const isCovered = (ports.get(node) ?? []).every((condition) => has([...rest, condition]));
      if (isCovered && !has(rest)) all.push(rest);
    }
  const isIn = (less: Conditions, more: Conditions) =>
    less.every(({ text }) => more.some((condition) => condition.text === text));
  return all.filter(
    (each, i) => !all.some((other, j) => i !== j && isIn(other, each) && (j < i || !isIn(each, other))),
  );
}

function write(alternatives: readonly Conditions[]): string | undefined {
  if (alternatives.some(({ length }) => length === 0)) return undefined;
  const texts = alternatives.map((each) => keyOf(each));
  return texts.length === 1 ? texts[0] : `(${texts.join(' or ')})`;
}
