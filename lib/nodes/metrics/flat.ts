import { formatDims, type Shape } from '@/lib/shapes/shape';
import { type Problem, problem } from '../define';

/** Why a tensor is no vector; undefined where it is one. */
export function flatProblem(title: string, port: string, { dims }: Shape): Problem | undefined {
  if (dims.length === 1) return undefined;
  return problem({
    code: 'rank-mismatch',
    port,
    message: `${title} takes vectors, but gets ${formatDims(dims)}.`,
    hint: 'Put a Flatten before it.',
  });
}
