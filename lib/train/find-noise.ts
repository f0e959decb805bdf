import type { SampleMaker, SearchRequest, SearchResult } from '@/lib/compile/tf/make-samples';
import { nearestRows } from '@/lib/metrics/nearest';
import { sizeOf } from '@/lib/shapes/shape';
import { PROBED } from './sample-set';

/** What is looked for: the target, as one row. */
type NoiseRequest = Omit<SearchRequest, 'numbers' | 'given' | 'smooth' | 'mask'>;

/** The noise whose sample is nearest to a target, by descent from the nearest of some that are drawn. */
export async function findNoise(game: SampleMaker, request: NoiseRequest): Promise<SearchResult> {
  const { of, weights, target } = request;
  const { samples } = await game.makeSamples({ of, numbers: PROBED, ...(weights && { weights }) });
  const size = sizeOf(samples.dims.slice(1));
  const { index } = nearestRows(target, samples.data, size);
  return game.searchSamples({ ...request, numbers: [Math.max(0, index[0] ?? 0)], smooth: 0 });
}
