import type { Images } from '@/lib/draw/picture';
import { formatDims, type Shape } from '@/lib/shapes/shape';
import { type Problem, problem, type TensorData, type Truth } from '../define';
import type { Form } from './form';

/** Why labels cannot be written below these samples. */
export function captionsProblem(
  form: Form,
  dataset: string | null,
  labels: Shape | undefined,
): Problem | undefined {
  if (!labels) return undefined;
  if (form !== 'images')
    return problem({
      code: 'cannot-draw',
      port: 'labels',
      message: `Captions are written below images, but these samples are ${form}.`,
    });
  if (labels.dims.length !== 1)
    return problem({
      code: 'rank-mismatch',
      port: 'labels',
      message: `Labels are numbers per example, one-hot, but these are ${formatDims(labels.dims)}.`,
    });
  if (dataset === null)
    return problem({
      code: 'cannot-draw',
      port: 'labels',
      message: `Samples gets labels of ${labels.dims[0]} words, and needs to know which.`,
      hint: 'Set “dataset” to the data set that names its classes.',
    });
  return undefined;
}

/** Per row the words whose numbers are above a half, or why there are none. */
export function captionsOf(
  { data, dims }: TensorData,
  truth: Truth | undefined,
): NonNullable<Images['captions']> | string {
  const words = truth?.words;
  const [rows = 0, size = 0] = dims;
  if (!words) return 'The data set that is named has no classes.';
  if (words.length !== size)
    return `These labels are of ${size} words, the data set has ${words.length}: ${words.join(', ')}`;
  return Array.from({ length: rows }, (_, row) =>
    words.filter((_, k) => (data[row * size + k] as number) > 0.5),
  );
}
