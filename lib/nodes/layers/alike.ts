import { formatShape, type Shape, sameDims, sizeOf } from '@/lib/shapes/shape';
import { type Example, type Inference, type InputPort, type InputShapes, problem } from '../define';
import { shapesAt } from '../ports';

/** What element-by-element joins share: tensors of one shape in, one of the same out. */
export const manyIn = (): readonly InputPort[] => [{ name: 'in', type: 'tensor', many: true }];

export function inferAlike(
  title: string,
  ports: readonly (readonly [port: string, shape: Shape])[],
): Inference {
  const [first, ...rest] = ports;
  if (!first) return {};
  const other = rest.find(([, shape]) => !sameDims(shape.dims, first[1].dims));
  if (!other) return { out: first[1] };
  return problem({
    code: 'shape-mismatch',
    port: other[0],
    message: `${title} joins number by number, so all it gets must be alike: ${formatShape(first[1])} meets ${formatShape(other[1])}.`,
    hint: 'Bring them to one shape, or use Concat.',
  });
}

export const inferMany = (title: string, inputs: InputShapes): Inference =>
  inferAlike(
    title,
    shapesAt(inputs, 'in').map((shape) => ['in', shape] as const),
  );

export const costOfMany = (_: unknown, inputs: InputShapes): number => {
  const shapes = shapesAt(inputs, 'in');
  return shapes.length * sizeOf(shapes[0]?.dims ?? [0]);
};

export const manyExamples: readonly Example[] = [
  { inputs: { in: [[4], [4]] }, outputs: { out: [4] } },
  {
    inputs: {
      in: [
        [2, 2, 3],
        [2, 2, 3],
        [2, 2, 3],
      ],
    },
    outputs: { out: [2, 2, 3] },
  },
];
