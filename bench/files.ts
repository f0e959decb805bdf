import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where each chapter's results lie between runs; `report` makes the documentation of them. */
export const resultFiles = {
  games: '.cache/bench/games.json',
  scaling: '.cache/bench/scaling.json',
  layers: '.cache/bench/layers.json',
  levers: '.cache/bench/levers.json',
  memory: '.cache/bench/memory.json',
  canvas: '.cache/bench/canvas.json',
} as const;

export function writeResults(path: string, results: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, undefined, 2)}\n`);
  console.log(`\nWritten to ${path}.`);
}

export const readResults = (path: string): unknown =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
