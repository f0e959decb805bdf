import type { CheckedNode } from '@/lib/check/checked';
import { titleOf } from './card-text';
import { type CardForm, cardSize, type Size } from './geometry';

/** What a card's size and ports follow from, and the size itself, as the document has them. */
export const formOf = (checked: CheckedNode, title: string): CardForm => ({
  role: checked.definition?.role,
  inNetwork: checked.node.network !== undefined,
  inputs: checked.inputs,
  outputs: checked.outputs,
  size: checked.node.size,
  letters: title.length,
});

/** Without the network that a call applies, whose name may make a pill a little wider. */
export const formOfNode = (checked: CheckedNode): CardForm => formOf(checked, titleOf(checked, undefined));

/** A card's size as the document has it. */
export const sizeOfNode = (checked: CheckedNode): Size => cardSize(formOfNode(checked));
