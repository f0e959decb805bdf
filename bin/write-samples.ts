import { writeFileSync } from 'node:fs';
import type { Plan } from '@/lib/compile/plan';
import { formatsOf, type SampleEnding, sampleFormats } from '@/lib/export/sample-files';
import { knownOf, type SampleSet } from '@/lib/train/sample-set';
import { UsageError } from './usage';

/** The format that the ending of a file's name says. */
export function endingOf(out: string): SampleEnding {
  const ending = out.slice(out.lastIndexOf('.') + 1);
  if (out.includes('.') && Object.hasOwn(sampleFormats, ending)) return ending as SampleEnding;
  const endings = Object.keys(sampleFormats).map((each) => `.${each}`);
  throw new UsageError(`Where to? -o takes a name that ends in ${endings.join(', ')}.`);
}

export function writeSamples(out: string, plan: Plan, samples: SampleSet): void {
  const known = knownOf(plan, samples);
  const ending = endingOf(out);
  const content = sampleFormats[ending].write(samples, known);
  if (content === undefined) {
    const shape = samples.dims.slice(1).join(' × ');
    const endings = formatsOf(samples, known).map((each) => `.${each}`);
    const what = ending === 'txt' ? 'strings' : 'images';
    throw new UsageError(
      `Samples of ${shape} are no ${what}: -o takes ${endings.slice(0, -1).join(', ')} or ${endings.at(-1)}.`,
    );
  }
  writeFileSync(out, content);
}
