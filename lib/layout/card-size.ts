import type { CheckedNode } from '@/lib/check/checked';
import { type Named, titleOf } from '@/lib/check/names';
import { countCardReadings } from '@/lib/check/readings';
import { type PortType, takesType } from '@/lib/nodes/port-types';
import { captionOf, ownCaption } from './card-text';
import { type CardForm, COLLAPSED, cardSize, lookOf, type Size } from './geometry';

/** A wire that is being drawn: what it carries, and what it looks for. */
export interface Drawn {
  readonly type: PortType;
  readonly to: 'input' | 'output';
}

/**
 * What a card's size and ports follow from, and the size itself, as the document has them. Idle ports are there
 * while a wire is drawn that fits them.
 */
export const formOf = (checked: CheckedNode, title: string, named: Named, drawn?: Drawn): CardForm => ({
  role: checked.definition?.role,
  ...(checked.use && { isUse: true }),
  inNetwork: checked.node.network !== undefined || checked.inBlock?.place === 'network',
  inputs: checked.inputs.filter(
    (port) =>
      !port.idle ||
      checked.wiredFrom.has(port.name) ||
      (drawn?.to === 'input' && takesType(port, drawn.type)),
  ),
  outputs: checked.outputs.filter(
    ({ name, type, idle }) =>
      !idle ||
      checked.wiredTo.some(({ from }) => from === name) ||
      (drawn?.to === 'output' && type === drawn.type),
  ),
  size: checked.node.size,
  letters: title.length,
  captionLetters: captionLetters(checked, named),
  thetaSide: thetaSide(checked, named),
  readings: countCardReadings(checked),
});

/** Without the word that a bypassed card gets: it stays as large as it is. */
const captionLetters = (checked: CheckedNode, named: Named): number =>
  (lookOf(checked.definition?.role) === 'edge' ? captionOf(checked, named) : ownCaption(checked, named))
    .length;

export const formOfNode = (checked: CheckedNode, named: Named): CardForm =>
  formOf(checked, titleOf(checked, named), named);

/** The side that θ comes from: the right of its frame, which may lie before or below the card. */
function thetaSide({ node, inputs, wiredFrom }: CheckedNode, { networks }: Named): 'left' | 'right' {
  const ends = inputs.flatMap(({ name, type }) => (type === 'theta' ? (wiredFrom.get(name) ?? []) : []));
  const edges = ends.flatMap(({ id }) => {
    const frame = networks.get(id)?.network;
    return frame ? [frame.at[0] + (frame.collapsed ? COLLAPSED.width : frame.size[0])] : [];
  });
  return edges.length > 0 && Math.max(...edges) < node.at[0] ? 'left' : 'right';
}

/** A card's size as the document has it. */
export const sizeOfNode = (checked: CheckedNode, named: Named): Size => cardSize(formOfNode(checked, named));
