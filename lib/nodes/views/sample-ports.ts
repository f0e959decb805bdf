import { formatDims, type Shape, sameDims } from '@/lib/shapes/shape';
import { type InputPort, type InputShapes, type Problem, problem, type ReadInputs } from '../define';
import { shapesAt } from '../ports';

/** Views that draw real data and fakes side by side: ports and what is common to them. */
export const sampleInputs = (): readonly InputPort[] => [
  { name: 'real', type: 'tensor', optional: true, help: 'Real data, for comparison.' },
  { name: 'fake', type: 'tensor', optional: true, help: 'What the generator makes.' },
];

/** The shape on `real` or `fake`, whichever is wired. */
export const sampleShape = (inputs: InputShapes): Shape | undefined =>
  shapesAt(inputs, 'real')[0] ?? shapesAt(inputs, 'fake')[0];

/** What is wrong where real and fake differ in shape. */
export function samplesProblem(inputs: InputShapes): Problem | undefined {
  const [real] = shapesAt(inputs, 'real');
  const [fake] = shapesAt(inputs, 'fake');
  if (!real || !fake || sameDims(real.dims, fake.dims)) return undefined;
  return problem({
    code: 'shape-mismatch',
    port: 'fake',
    message: `Real data are ${formatDims(real.dims)}, fakes ${formatDims(fake.dims)}; one picture needs one shape.`,
    hint: 'Wire tensors of one shape, or use a view for each.',
  });
}

/** What came by `real` and `fake`. */
export const samplesOf = (inputs: ReadInputs) => ({ real: inputs.real?.[0], fake: inputs.fake?.[0] });
