import { writeFileSync } from 'node:fs';
import type { Plan } from '@/lib/compile/plan';
import { type SampleEnding, sampleFormats } from '@/lib/export/sample-files';
import { type SampleSet, unitsOf } from '@/lib/train/sample-set';
import { UsageError } from './usage';

/** The format that the ending of a file's name says. */
export function endingOf(out: string): SampleEnding {
  const ending = out.slice(out.lastIndexOf('.') + 1);
  if (out.includes('.') && Object.hasOwn(sampleFormats, ending)) return ending as SampleEnding;
  const endings = Object.keys(sampleFormats).map((each) => `.${each}`);
  throw new UsageError(`Where to? -o takes a name that ends in ${endings.join(', ')}.`);
}

export function writeSamples(out: string, plan: Plan, samples: SampleSet): void {
  const content = sampleFormats[endingOf(out)].write(samples, unitsOf(plan, samples));
  if (content === undefined) {
    const shape = samples.dims.slice(1).join(' × ');
    throw new UsageError(`Samples of ${shape} are no images: -o takes .npz or .csv.`);
  }
  writeFileSync(out, content);
}
