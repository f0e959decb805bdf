import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readResults, resultFiles } from './files';
import { plotScaling } from './plot';
import type { Canvas, Layers, Levers, MemoryResult, Results, Scaling } from './results';
import {
  canvasRows,
  fitRows,
  gateRows,
  kernelRows,
  layerRows,
  leverRows,
  markdownRows,
  memoryRows,
  ratioRows,
  remarks,
  scalingRows,
  timeRows,
} from './table';

/**
 * `npm run bench -- report`: the generated parts of docs/performance.md, and its plot, from the last results.
 * A part whose results are not there stays as it is.
 */
const docs = (path: string) => fileURLToPath(new URL(`../docs/${path}`, import.meta.url));

export function writeReport(): void {
  const games = readResults(resultFiles.games) as Results | undefined;
  const scaling = readResults(resultFiles.scaling) as Scaling | undefined;
  const levers = readResults(resultFiles.levers) as Levers | undefined;
  const layers = readResults(resultFiles.layers) as Layers | undefined;
  const memory = readResults(resultFiles.memory) as MemoryResult | undefined;
  const canvas = readResults(resultFiles.canvas) as Canvas | undefined;
  let text = readFileSync(docs('performance.md'), 'utf8');
  if (games) {
    text = replacePart(text, 'machine', describeMachine(games));
    text = replacePart(text, 'times', tables([timeRows(games.games), ratioRows(games.games)]));
    text = replacePart(text, 'kernels', tables([kernelRows(games.games)]));
    text = replacePart(text, 'gates', [tables([gateRows(games.gates)]), ...remarks(games)].join('\n\n'));
  }
  if (scaling) {
    text = replacePart(text, 'scaling', tables([fitRows(scaling), scalingRows(scaling)]));
    writeFileSync(docs('images/scaling.svg'), plotScaling(scaling));
  }
  if (levers) text = replacePart(text, 'levers', tables([leverRows(levers)]));
  if (layers) text = replacePart(text, 'layers', tables([layerRows(layers)]));
  if (canvas) text = replacePart(text, 'canvas', tables(canvasRows(canvas)));
  if (memory) text = replacePart(text, 'memory', tables([memoryRows(memory)]));
  writeFileSync(docs('performance.md'), text);
}

const tables = (all: readonly (readonly (readonly string[])[])[]): string =>
  all.map(markdownRows).join('\n\n');

function describeMachine({ date, machine, versions, renderer, clock, repeats, seconds }: Results): string {
  const used = Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  return [
    `${date}. ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB. ${used}.`,
    ...(renderer ? [`WebGL is drawn by ${renderer}.`] : []),
    `Median of ${repeats} samples of about ${seconds} s, and the lowest and highest.`,
    ...(clock === 'processor'
      ? ['Outside Chromium it is the processor’s time, which other programs do not change.']
      : []),
  ].join(' ');
}

/** Replaces what stands between `<!-- generated: NAME -->` and `<!-- end -->`. */
export function replacePart(text: string, name: string, content: string): string {
  const open = `<!-- generated: ${name} -->`;
  const from = text.indexOf(open);
  const to = text.indexOf('<!-- end -->', from);
  if (from < 0 || to < 0) throw new Error(`docs/performance.md has no part ${name}.`);
  return `${text.slice(0, from + open.length)}\n${content}\n${text.slice(to)}`;
}
