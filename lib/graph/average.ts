import { scheduledCaption } from './scheduled';
import type { Network } from './schema';

/** How a network's average is kept: `0.999`, `0.9 → 0.999`, `half after 10000`. */
export const averageCaption = (ema: NonNullable<Network['ema']>): string =>
  typeof ema === 'object' && 'halfLife' in ema ? `half after ${ema.halfLife}` : scheduledCaption(ema);
