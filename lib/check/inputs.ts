import type { Role } from '@/lib/nodes/define';
import { appliesOf } from '@/lib/nodes/role-params';
import { type Draft, type DraftNetwork, type DraftNode, listNames } from './draft';
import { mention } from './mention';
import { isIdle } from './reach';

/**
 * Required inputs without a wire. An error where a run needs the node; elsewhere the node is unfinished and
 * stands in nobody's way. Optimizers are judged with the players.
 */
export function checkInputs(draft: Draft): void {
  for (const node of draft.nodes.values()) {
    const { definition } = node;
    if (!definition || definition.role === 'optimizer' || definition.role === 'note') continue;
    const missing = node.inputs.filter((port) => !port.optional && !node.wiredFrom.has(port.name));
    const isActive = draft.active.has(node.node.id);
    if (isActive)
      for (const port of missing)
        draft.diagnostics.push({
          code: 'input-missing',
          severity: 'error',
          node: node.node.id,
          port: port.name,
          message: `${mention(node.node.id)} needs its input ${port.name}, and nothing is wired to it${furtherOf(draft, node, port.name)}.`,
          ...(port.help && { hint: `It takes: ${port.help}` }),
        });
    else
      reportUnfinished(
        draft,
        node,
        missing.map(({ name }) => name),
      );
  }
}

/** Why a kind that looks into a network by one input wants another of its inputs. */
function furtherOf(draft: Draft, node: DraftNode, port: string): string {
  const applied = appliesOf(node);
  const inputs = applied && draft.networks.get(applied.network)?.inputs;
  if (!applied || !inputs?.has(port) || applied.ports?.[port]) return '';
  return `: ${mention(applied.network)} takes ${inputs.size} inputs (${listNames([...inputs.keys()])}), of which ${mention(node.node.id)} looks at ${applied.input} alone`;
}

function reportUnfinished(draft: Draft, node: DraftNode, missing: readonly string[]): void {
  const { definition } = node;
  const id = node.node.id;
  const isShown = definition?.role === 'view' || definition?.role === 'metric';
  if (isShown && (missing.length > 0 || isIdle(node)))
    draft.diagnostics.push({
      code: 'view-idle',
      severity: 'warning',
      node: id,
      message:
        missing.length > 0
          ? `${mention(node.node.id)} shows nothing yet: its input ${listNames(missing)} has no wire.`
          : `${mention(node.node.id)} shows nothing yet: nothing is wired to it, or a parameter is still to choose.`,
    });
  else if (
    missing.length > 0 &&
    (node.wiredFrom.size > 0 || node.wiredTo.length > 0 || definition?.role === 'averaging')
  )
    draft.diagnostics.push({
      code: 'node-unfinished',
      severity: 'warning',
      node: id,
      message: `${mention(node.node.id)} is unfinished: its input ${listNames(missing)} has no wire.`,
    });
  else if (node.node.network === undefined || draft.active.has(node.node.network))
    draft.diagnostics.push({
      code: 'node-unused',
      severity: 'info',
      node: id,
      message: `Nothing that trains, shows or measures reads ${mention(node.node.id)}.`,
    });
}

/** Layers are bypassed; losses, optimizers and averaging are muted. Nothing else has a state. */
export function isStateOf(role: Role, state: 'bypassed' | 'muted'): boolean {
  if (state === 'bypassed') return role === 'layer' || role === 'op';
  return role === 'loss' || role === 'optimizer' || role === 'averaging';
}

/** States that a role does not have. */
export function checkStates(draft: Draft): void {
  for (const { node, definition } of draft.nodes.values()) {
    if (!node.state || !definition || isStateOf(definition.role, node.state)) continue;
    draft.diagnostics.push({
      code: 'state-ignored',
      severity: 'warning',
      node: node.id,
      message: `${mention(node.id)} is ${node.state}, which means nothing for ${definition.title}.`,
      hint: 'Layers are bypassed; losses and optimizers are muted.',
    });
  }
}

/** What a network lacks. */
export function checkNetworks(draft: Draft): void {
  for (const network of draft.networks.values()) {
    const { id } = network.network;
    const isActive = draft.active.has(id);
    if (network.outputs.size === 0)
      draft.diagnostics.push({
        code: 'network-no-output',
        severity: isActive ? 'error' : 'warning',
        node: id,
        message: `Network ${mention(id)} has no output, so a call of it gives nothing.`,
        hint: 'Put an Output into it and wire the last layer to it.',
      });
    if (!isActive)
      draft.diagnostics.push({
        code: 'network-unused',
        severity: 'warning',
        node: id,
        message: `Network ${mention(id)} is not used: no player, view or metric reaches it.`,
        hint:
          network.calls.length === 0
            ? 'Add a call of it to the game.'
            : 'Wire its call into a loss or a view.',
      });
    else reportUnknownInputs(draft, network);
  }
}

function reportUnknownInputs(draft: Draft, { network, inputs, inputShapes, calls }: DraftNetwork): void {
  for (const [name, node] of inputs) {
    const isFed = calls.some((call) => draft.nodes.get(call)?.wiredFrom.has(name));
    if (inputShapes.has(name) || isFed) continue;
    draft.diagnostics.push({
      code: 'input-shape-unknown',
      severity: 'error',
      node,
      port: name,
      message: `The shape of input ${name} of network ${mention(network.id)} is not known: no call feeds it and it has none of its own.`,
      hint: 'Wire a call of the network, or set the shape of its input.',
    });
  }
}

/** The rule that a graph without errors compiles: what a run needs and check does not know is an error. */
export function checkKnown(draft: Draft): void {
  if (draft.diagnostics.some(({ severity }) => severity === 'error')) return;
  for (const node of draft.nodes.values()) {
    const { definition } = node;
    if (!definition || !draft.active.has(node.node.id)) continue;
    const unknown = node.outputs.find(({ name, type }) => type === 'tensor' && !node.outputShapes.has(name));
    if (unknown)
      draft.diagnostics.push({
        code: 'shape-unknown',
        severity: 'error',
        node: node.node.id,
        port: unknown.name,
        message: `The shape of ${unknown.name} of ${mention(node.node.id)} does not follow from the graph.`,
        hint: 'Set the shape of the network’s input.',
      });
  }
}
