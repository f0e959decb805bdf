import { formatDims, sameDims, sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { type InputPort, type InputShapes, type Problem, problem, type ReadInputs } from '../define';
import { shapeAt } from '../ports';

/** Metrics that compare two samples: ports, and what is common to them. */
export const samplesAndData = (): readonly InputPort[] => [
  { name: 'samples', type: 'tensor', help: 'What the generator makes.' },
  { name: 'data', type: 'tensor', help: 'Real examples.' },
];

/** Why samples and data cannot be compared; undefined where they can. */
export function comparisonProblem(inputs: InputShapes): Problem | undefined {
  const [samples, data] = [shapeAt(inputs, 'samples').dims, shapeAt(inputs, 'data').dims];
  if (sameDims(samples, data)) return undefined;
  return problem({
    code: 'shape-mismatch',
    port: 'data',
    message: `Samples are ${formatDims(samples)}, data ${formatDims(data)}; a distance needs one shape.`,
  });
}

/** What came by both, and the numbers of one example. */
export function comparedOf(inputs: ReadInputs) {
  const samples = defined(inputs.samples?.[0], 'samples');
  const data = defined(inputs.data?.[0], 'data');
  return { samples: samples.data, data: data.data, size: sizeOf(samples.dims.slice(1)) };
}
