import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from '@/lib/draw/frame';
import { frameToCsv } from '@/lib/draw/frame-to-csv';
import type { MetricValues } from '@/lib/train/observe';
import { drawPicture, noPictures } from './picture';

/** What a run writes while it goes: progress on standard error, files under --out. */
export interface Output {
  progress(
    iteration: number,
    target: number,
    iterationsPerSecond: number,
    losses: Record<string, number>,
  ): void;
  metrics(iteration: number, values: MetricValues): void;
  frames(frames: { readonly [view: string]: Frame }): void;
  end(): void;
}

const PROGRESS_EVERY = 1_000;

export function createOutput(out: string | undefined): Output {
  if (out !== undefined) mkdirSync(out, { recursive: true });
  if (out !== undefined && noPictures) process.stderr.write(`${noPictures}\n`);
  const isTerminal = process.stderr.isTTY === true;
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
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
      appendFileSync(join(out, 'metrics.ndjson'), `${JSON.stringify({ iteration, ...values })}\n`);
    },
    frames(frames) {
      if (out === undefined) return;
      for (const [view, frame] of Object.entries(frames)) {
        if (!noPictures) writeFileSync(join(out, `${view}.png`), drawPicture(frame));
        const csv = frameToCsv(frame);
        if (csv !== undefined) writeFileSync(join(out, `${view}.csv`), csv);
      }
    },
    end() {
      if (isTerminal) process.stderr.write('\n');
    },
  };
}
