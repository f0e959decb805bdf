import { passedInput } from '@/lib/shapes/passed-input';
import { defined } from '@/lib/util/assert';
import type { PlanNode, Ref } from './plan';

/** What a bypassed node gives on each of its outputs: one of its inputs. */
export function passedOn({
  id,
  inputs,
  inputShapes,
  outputShapes,
}: PlanNode): readonly (readonly [output: string, from: Ref])[] {
  return Object.keys(outputShapes).map((output) => {
    const { port, index } = defined(
      passedInput(inputShapes, outputShapes, output),
      `an input that ${id} passes on to ${output}`,
    );
    return [output, defined(inputs[port]?.[index], `${id}.${port}`)];
  });
}
