import type { Diagnostic, Severity } from '@/lib/graph/diagnostic';
import { type Graph, splitEndpoint } from '@/lib/graph/schema';
import type { Shape } from '@/lib/shapes/shape';
import { advise } from './advice/advise';
import { type Expansion, expand } from './blocks/expand';
import type { Checked, CheckedNetwork, CheckedNode } from './checked';
import { measureCost, measureNetwork } from './cost';
import type { Draft, DraftNode } from './draft';
import { findPlayers, type Player } from './game';
import { inferAll } from './infer';
import { checkInputs, checkKnown, checkNetworks, checkStates } from './inputs';
import { MOST_BYTES, memoryProblem } from './memory';
import { spell } from './mention';
import { checkPlayers } from './players';
import { findActive } from './reach';
import { checkReferences } from './references';
import { resolve } from './resolve';
import { orderAll } from './topology';
import { wireUp } from './wiring';

/**
 * Everything that follows from a graph: ports, orders, shapes, diagnostics, cost. Pure; takes any graph that
 * the schema accepts, and says all that is wrong with it, not the first thing only.
 */
export function checkGraph(graph: Graph): Checked {
  const { graph: plain, diagnostics: ofBlocks, ...blocks } = expand(graph);
  const draft = resolve(plain);
  draft.diagnostics.push(...ofBlocks);
  checkReferences(draft);
  wireUp(draft);
  orderAll(draft);
  findActive(draft);
  inferAll(draft);
  checkInputs(draft);
  checkStates(draft);
  checkNetworks(draft);
  const players = findPlayers(draft.nodes);
  checkPlayers(draft, players);
  checkKnown(draft);

  const checked = { ...toChecked(draft, players), ...blocks };
  const tooMuch = memoryProblem(checked.cost.memory, graph.settings.batchSize, MOST_BYTES, 'a browser');
  if (tooMuch) draft.diagnostics.push(tooMuch);
  const diagnostics = [...checked.diagnostics, ...advise(checked)].map((each) => spell(each, checked));
  return { ...checked, diagnostics: sortBySeverity(diagnostics) };
}

function toChecked(
  draft: Draft,
  players: readonly Player<DraftNode>[],
): Omit<Checked, keyof Omit<Expansion, 'graph' | 'diagnostics'>> {
  const costs = new Map([...draft.networks].map(([id, network]) => [id, measureNetwork(draft, network)]));
  return {
    graph: draft.graph,
    nodes: new Map([...draft.nodes].map(([id, node]) => [id, toCheckedNode(node)])),
    networks: new Map(
      [...draft.networks].map(
        ([id, { order, nodes: _, heldBy: __, index: ___, ...network }]): [string, CheckedNetwork] => [
          id,
          {
            ...network,
            order: order.map(({ node }) => node.id),
            parameters: costs.get(id)?.parameters ?? 0,
            multiplyAdds: costs.get(id)?.multiplyAdds ?? 0,
          },
        ],
      ),
    ),
    order: draft.order.map(({ node }) => node.id),
    active: draft.active,
    wireShapes: wireShapes(draft),
    diagnostics: draft.diagnostics,
    cost: measureCost(draft, players, costs),
  };
}

function toCheckedNode(drafted: DraftNode): CheckedNode {
  const { node, definition, params, inputs, outputs, parameters, multiplyAdds } = drafted;
  const { wiredFrom, wiredTo } = drafted;
  const outputShapes = new Map<string, Shape>();
  for (const { name, type } of outputs) {
    const shape = type === 'tensor' ? drafted.outputShapes.get(name) : undefined;
    if (shape) outputShapes.set(name, shape);
  }
  const wiring = { inputs, outputs, wiredFrom, wiredTo };
  return { node, definition, params, ...wiring, outputShapes, parameters, multiplyAdds };
}

function wireShapes(draft: Draft): readonly (Shape | undefined)[] {
  return draft.graph.wires.map(([from]) => {
    const { id, port } = splitEndpoint(from);
    const node = draft.nodes.get(id);
    const type = node?.outputs.find(({ name }) => name === port)?.type;
    return type === 'tensor' ? node?.outputShapes.get(port) : undefined;
  });
}

const ranks: { readonly [severity in Severity]: number } = { error: 0, warning: 1, info: 2 };

const sortBySeverity = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...diagnostics].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
