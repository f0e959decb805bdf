import { reachUpstream } from '@/lib/graph/reach';
import type { Applies, Slope } from '@/lib/nodes/define';
import { formatDims, formatShape, type Shape, sameDims } from '@/lib/shapes/shape';
import type { End } from './checked';
import type { Draft, DraftNetwork, DraftNode } from './draft';
import { upstream } from './game';
import { reportProblem } from './infer-node';
import { mention, mentionEnd } from './mention';

/** Losses that apply a network themselves, or take a slope: what is fed fits, and there is a slope. */
export function checkApplications(draft: Draft): void {
  for (const node of draft.game) {
    const { definition, params } = node;
    if (definition?.role !== 'loss') continue;
    if (definition.slope) checkSlope(draft, node, definition.slope);
    const applied = definition.applies?.(params);
    if (applied?.network === '') reportUnchosen(draft, node);
    const network = applied && draft.networks.get(applied.network);
    if (!applied || !network) continue;
    for (const { name, type } of node.inputs) {
      if (type !== 'tensor') continue;
      const fed = network.inputs.has(name) && name !== applied.input ? name : applied.input;
      checkShape(draft, node, network, name, fed);
    }
    checkDependence(draft, node, network, applied);
  }
}

const reportUnchosen = (draft: Draft, node: DraftNode): void =>
  reportProblem(draft, node, {
    code: 'network-not-chosen',
    message: `${mention(node.node.id)} looks into a network, and none is chosen.`,
    hint: 'Choose one in its parameter Network.',
  });

function checkShape(
  draft: Draft,
  node: DraftNode,
  { network, inputShapes }: DraftNetwork,
  port: string,
  fed: string,
): void {
  const end = node.wiredFrom.get(port)?.[0];
  const given: Shape | undefined = end && draft.nodes.get(end.id)?.outputShapes.get(end.port);
  const expected = inputShapes.get(fed);
  if (!given || !expected || sameDims(given.dims, expected.dims)) return;
  reportProblem(draft, node, {
    code: 'shape-mismatch',
    port,
    message: `${mention(node.node.id)} gets ${formatShape(given)} on ${port}, but input ${fed} of network ${mention(network.id)} takes ${formatDims(expected.dims)}.`,
    hint: `Wire into ${port} what a call of ${mention(network.id)} gets as ${fed}.`,
  });
}

/** A slope between wires needs a way from one to the other. */
function checkSlope(draft: Draft, node: DraftNode, { of, at }: Slope): void {
  const [[score], [point]] = [node.wiredFrom.get(of) ?? [], node.wiredFrom.get(at) ?? []];
  if (!score || !point) return;
  const evaluated = upstream(draft.nodes, [score]).keys();
  if ([...evaluated].some(({ wiredFrom }) => isRead(wiredFrom, point))) return;
  const [what, where] = [score, point].map((end) => mentionEnd('output', end));
  reportProblem(draft, node, {
    code: 'input-without-effect',
    message: `${mention(node.node.id)} takes the gradient of ${what} in ${where}, but ${what} is not computed from ${where}.`,
    hint: `Wire into ${at} the very tensor that the call behind ${of} is fed.`,
  });
}

const isRead = (wiredFrom: DraftNode['wiredFrom'], { id, port }: End): boolean =>
  [...wiredFrom.values()].flat().some((end) => end.id === id && end.port === port);

/** A gradient needs a way from the input to the output. */
function checkDependence(
  draft: Draft,
  node: DraftNode,
  network: DraftNetwork,
  { input, output }: Applies,
): void {
  const from = network.inputs.get(input);
  const to = network.outputs.get(output);
  if (from === undefined || to === undefined) return;
  if (reachUpstream(draft.nodes, [to]).has(from)) return;
  reportProblem(draft, node, {
    code: 'input-without-effect',
    message: `${mention(node.node.id)} takes the gradient of ${output} in ${input}, but in network ${mention(network.network.id)} ${output} does not depend on ${input}.`,
    hint: 'Name another input or output, or wire them together in the network.',
  });
}
