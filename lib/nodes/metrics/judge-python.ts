import { MissingData } from '@/lib/data/files/import-source';
import { type PythonMetric, pythonMetric } from '@/lib/data/python';
import type { ClassTruth } from '@/lib/data/truth';
import * as python from '@/lib/metrics/python';
import { encodeBase64 } from '@/lib/util/base64';
import { bytesOf, hashText } from '@/lib/util/hash';
import { type Judge, judgeOf } from './judge';

/**
 * A metric in Python that asks the judge of a data set: trained here, written into the file with its weights, so that
 * the figures are those of here. `expression` is made of the judge's name and of its error. Undefined where samples are
 * of other dims than the data, or its file is not at hand.
 */
export function judgedInPython(
  classes: ClassTruth | undefined,
  dims: readonly number[],
  expression: (name: string, judge: Judge) => string,
  ...helpers: string[]
): PythonMetric | undefined {
  const judge = classes && judgeFor(classes, dims);
  if (!classes || !judge) return undefined;
  const name = `JUDGE_${hashText(classes.key).slice(0, 8)}`;
  return pythonMetric(
    expression(name, judge),
    python.flatRows,
    python.judged,
    judgeText(name, judge, classes.count),
    ...helpers,
  );
}

function judgeFor(classes: ClassTruth, dims: readonly number[]): Judge | undefined {
  try {
    return judgeOf(classes, dims);
  } catch (error) {
    if (error instanceof MissingData) return undefined;
    throw error;
  }
}

function judgeText(name: string, { trained, sees, features }: Judge, count: number): string {
  const { mean, scale, hidden, scores } = trained;
  const units = hidden.length / (mean.length + 1);
  // Of images that are judged channel by channel, classes are counted by the digits of each.
  const classes = scores.length / (units + 1);
  return `# The classifier that judges samples, as the editor trained it: ${features} features, ${count} classes.
${name} = {
    "factor": ${sees.factor},
    "per_channel": ${sees.perChannel ? 'True' : 'False'},
    "classes": ${classes},
    "mean": numbers(
${textOf(bytesOf(mean))},
        "<f8",
    ),
    "scale": ${scale},
    "hidden": numbers(
${textOf(bytesOf(hidden))}
    ).reshape(${units}, -1),
    "scores": numbers(
${textOf(bytesOf(scores))}
    ).reshape(${classes}, -1),
}`;
}

const LINE = 110;

const textOf = (bytes: Uint8Array): string =>
  (encodeBase64(bytes).match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [])
    .map((line) => `        "${line}"`)
    .join('\n');
