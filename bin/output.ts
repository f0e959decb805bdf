import { accessSync, appendFileSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEPARATOR } from '@/lib/check/blocks/plain-id';
import type { Picture } from '@/lib/draw/picture';
import { pictureToCsv } from '@/lib/draw/picture-to-csv';
import type { MetricValues } from '@/lib/train/observe';
import { reasonOf } from '@/lib/util/reason-of';
import { noPictures, pngOf } from './picture';
import { UsageError } from './usage';

/** What a run writes while it goes: progress on standard error, files under --out. */
interface Output {
  progress(
    iteration: number,
    target: number,
    iterationsPerSecond: number,
    losses: Record<string, number>,
  ): void;
  metrics(iteration: number, values: MetricValues): void;
  pictures(pictures: { readonly [view: string]: Picture }): void;
  /** A sentence on standard error. */
  say(sentence: string): void;
  /** Something could not be written: said once for each reason. The run goes on. */
  fault(sentence: string): void;
  /** Writes, or says what could not be written. */
  attempt(write: () => void): void;
  isFaulty(): boolean;
  end(): void;
}

const PROGRESS_EVERY = 1_000;

export function createOutput(out: string | undefined): Output {
  if (out !== undefined) makeFolder(out);
  if (out !== undefined && noPictures) process.stderr.write(`${noPictures}\n`);
  const isTerminal = process.stderr.isTTY === true;
  // A terminal that is closed, or a reader that has gone, is no reason to stop training.
  process.stderr.on('error', () => {});
  const faults = new Set<string>();
  let shownAt = Number.NEGATIVE_INFINITY;
  /** The cursor may stand at the end of a line of progress. */
  const say = (sentence: string) => void process.stderr.write(`${isTerminal ? '\n' : ''}${sentence}\n`);
  const fault = (sentence: string) => {
    if (!faults.has(sentence)) say(sentence);
    faults.add(sentence);
  };
  const attempt = (write: () => void) => {
    try {
      write();
    } catch (error) {
      fault(`A file could not be written: ${reasonOf(error)}`);
    }
  };

  return {
    say,
    fault,
    attempt,
    isFaulty: () => faults.size > 0,
    progress(iteration, target, iterationsPerSecond, losses) {
      const now = performance.now();
      // A log file gets a line every ten seconds, a terminal a line that changes every second.
      if (now - shownAt < (isTerminal ? PROGRESS_EVERY : 10 * PROGRESS_EVERY)) return;
      shownAt = now;
      const values = Object.entries(losses).map(([player, value]) => `${player} ${value.toFixed(4)}`);
      const line = `${iteration}/${target}  ${iterationsPerSecond.toFixed(1)} it/s  ${values.join('  ')}`;
      process.stderr.write(isTerminal ? `\r\u001b[2K${line}` : `${line}\n`);
    },
    metrics(iteration, values) {
      if (out === undefined) return;
      const line = `${JSON.stringify({ iteration, ...values })}\n`;
      attempt(() => appendFileSync(join(out, 'metrics.ndjson'), line));
    },
    pictures(pictures) {
      if (out === undefined) return;
      for (const [view, picture] of Object.entries(pictures)) {
        if (!noPictures) {
          const png = pngOf(picture);
          attempt(() => writeFileSync(join(out, `${fileName(view)}.png`), png));
        }
        const csv = pictureToCsv(picture);
        if (csv !== undefined) attempt(() => writeFileSync(join(out, `${fileName(view)}.csv`), csv));
      }
    },
    end() {
      if (isTerminal) process.stderr.write('\n');
    },
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new UsageError(`--out ${path} is no folder that can be written to: ${reasonOf(error)}`);
  }
}

/** A view in a block: not every system takes a colon in the name of a file. */
const fileName = (view: string): string => view.replaceAll(SEPARATOR, '.');
