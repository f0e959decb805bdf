import type { Picture } from '@/lib/draw/picture';
import type { TensorData } from '@/lib/nodes/define';
import { viewSamples } from '@/lib/nodes/views/view-samples';

const params = { count: null, dataset: null, realName: 'real', fakeName: 'fake' };

/** Samples as a view of samples draws them, in the form that their shape asks for. */
export const pictureOf = (fake: Pick<TensorData, 'dims' | 'data'>): Picture =>
  viewSamples.picture({ params, inputs: { fake: [{ ...fake, label: '' }] }, truths: {} });
