import { relu } from './activations/relu';
import type { NodeDefinition } from './define';
import { dense } from './layers/dense';
import { lossNonSaturating } from './losses/loss-non-saturating';
import { call } from './network/call';
import { networkInput } from './network/network-input';
import { networkOutput } from './network/network-output';
import { adam } from './optimizers/adam';
import { latent } from './sources/latent';

/** Every kind, in the palette's order. Adding a kind is one new file and one line here. */
export const registry = [
  latent,
  networkInput,
  networkOutput,
  call,
  dense,
  relu,
  lossNonSaturating,
  adam,
] as const satisfies readonly NodeDefinition[];

export type NodeKind = (typeof registry)[number]['kind'];

const byKind = new Map<string, NodeDefinition>(registry.map((definition) => [definition.kind, definition]));

/** The definition of a kind, or undefined for one that this version does not know. */
export const findDefinition = (kind: string): NodeDefinition | undefined => byKind.get(kind);
