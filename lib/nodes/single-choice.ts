import { formatDims, type Shape } from '@/lib/shapes/shape';
import { type Problem, problem } from './define';

/** A choice among one is always the same: says so of what chooses along the last axis. */
export function choiceProblem(title: string, { dims }: Shape): Problem | undefined {
  if (dims.at(-1) !== 1) return undefined;
  return problem({
    code: 'output-constant',
    port: 'in',
    message: `${title} over ${formatDims(dims)} has one number to choose from: it gives 1 whatever goes in, and no gradient comes back.`,
    hint: 'Use Sigmoid for one number, or give it a number for each class.',
  });
}
