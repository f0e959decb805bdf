import { reachUpstream } from '@/lib/graph/reach';
import type { Applies, Slope } from '@/lib/nodes/define';
import { appliesOf } from '@/lib/nodes/role-params';
import { formatDims, formatShape, type Shape, sameDims } from '@/lib/shapes/shape';
import type { CheckedNetwork, End } from './checked';
import type { Draft, DraftNetwork, DraftNode } from './draft';
import { upstream } from './game';
import { reportProblem } from './infer-node';
import { mention, mentionEnd } from './mention';

/** Kinds that apply a network themselves, or take a slope: what is fed fits, and there is a slope. */
export function checkApplications(draft: Draft): void {
  for (const node of draft.game) {
    const { definition } = node;
    if (definition?.role === 'loss' && definition.slope) checkSlope(draft, node, definition.slope);
    const applied = appliesOf(node);
    if (applied?.network === '') reportUnchosen(draft, node);
    const network = applied && draft.networks.get(applied.network);
    if (!applied || !network) continue;
    for (const { name, type } of node.inputs)
      if (type === 'tensor') checkShape(draft, node, network, name, placeOf(network, applied, name));
    checkDependence(draft, node, network, applied);
  }
}

/** What a port stands for: an input of the network, or its output. */
interface NetworkPlace {
  readonly side: 'input' | 'output';
  readonly name: string;
  readonly shape: Shape | undefined;
  readonly hint: string;
}

export function placeOf(
  { network: { id }, inputs, inputShapes, outputShapes }: CheckedNetwork | DraftNetwork,
  { input, output, ports }: Applies,
  port: string,
): NetworkPlace {
  if (ports?.[port] === 'output')
    return {
      side: 'output',
      name: output,
      shape: outputShapes.get(output),
      hint: `Wire into ${port} a tensor like those that ${mention(id)} makes.`,
    };
  const fed = inputs.has(port) && port !== input && !ports?.[port] ? port : input;
  return {
    side: 'input',
    name: fed,
    shape: inputShapes.get(fed),
    hint: `Wire into ${port} what a call of ${mention(id)} gets as ${fed}.`,
  };
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
  { network: { id } }: DraftNetwork,
  port: string,
  { side, name, shape: expected, hint }: NetworkPlace,
): void {
  const end = node.wiredFrom.get(port)?.[0];
  const given: Shape | undefined = end && draft.nodes.get(end.id)?.outputShapes.get(end.port);
  if (!given || !expected || sameDims(given.dims, expected.dims)) return;
  reportProblem(draft, node, {
    code: 'shape-mismatch',
    port,
    message: `${mention(node.node.id)} gets ${formatShape(given)} on ${port}, but ${side} ${name} of network ${mention(id)} ${side === 'input' ? 'takes' : 'gives'} ${formatDims(expected.dims)}.`,
    hint,
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
