import type { Applies, NodeDefinition } from './define';
import type { CallParams } from './network/call';
import type { NetworkInputParams } from './network/network-input';
import type { OptimizerParams } from './optimizers/common';
import type { Resolved } from './params';

/**
 * The parameters that all kinds of a role share, for code that knows a node by its role alone. They have been parsed
 * by the kind's own schema, so a reader only gives them their types.
 */
type Params = Readonly<Record<string, unknown>>;

interface Node {
  readonly definition?: NodeDefinition | undefined;
  readonly params: Params;
}

/** Of a node that is known to be a call. */
export const readCall = (params: Params): CallParams => params as unknown as CallParams;

/** A call's parameters; undefined for a node of another role. */
export const callParams = ({ definition, params }: Node): CallParams | undefined =>
  definition?.role === 'call' ? readCall(params) : undefined;

/** The network that a kind applies itself, if it does. */
export const appliesOf = ({ definition, params }: Node): Applies | undefined =>
  definition?.role === 'loss' || definition?.role === 'op' ? definition.applies?.(params) : undefined;

/** Of an input or output of a network: the name of its port on every call. */
export const readPort = (params: Params) => params as unknown as Pick<NetworkInputParams, 'name'>;

/** Of an optimizer; ramps are kept. */
export const readOptimizer = (params: Params): OptimizerParams => params as unknown as OptimizerParams;

/** Of an optimizer at one moment of a run. */
export const readOptimizerNow = (params: Params): Resolved<OptimizerParams> =>
  params as unknown as Resolved<OptimizerParams>;
