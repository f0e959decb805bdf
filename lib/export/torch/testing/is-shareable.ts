import type { Plan } from '@/lib/compile/plan';
import { batchLayers, isObserved } from '../networks';
import { featuresOf } from '../players';

/** Whether a game's update over N shares of a batch is the update over the whole, so that N ranks equal one. */
export const isShareable = (plan: Plan): boolean =>
  !isObserved(plan) &&
  !featuresOf(plan).unroll &&
  plan.networks.every((network) => !network.reference && batchLayers(network).length === 0);
