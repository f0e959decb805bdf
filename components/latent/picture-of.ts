import type { Picture } from '@/lib/draw/picture';
import type { TensorData } from '@/lib/nodes/define';
import { stringsPicture } from '@/lib/nodes/views/strings';
import { viewSamples } from '@/lib/nodes/views/view-samples';

const params = { count: null, dataset: null, realName: 'real', fakeName: 'fake' };

/** Samples as a view of samples draws them, in the form that their shape asks for; strings in their letters. */
export function pictureOf(made: Pick<TensorData, 'dims' | 'data'>, alphabet?: readonly string[]): Picture {
  const fake = { ...made, label: '' };
  if (alphabet) return stringsPicture(undefined, fake, { alphabet }, {});
  return viewSamples.picture({ params, inputs: { fake: [fake] }, truths: {} });
}
