import { benchCanvas } from './canvas/run';
import { resultFiles, writeResults } from './files';
import { machine, versions } from './machine';
import type { Canvas } from './results';
import { canvasRows, printRows } from './table';

/** `npm run bench -- canvas`: opening and moving large graphs, beside React Flow as it comes. */
export async function measureCanvas(repeats: number): Promise<void> {
  const canvas: Canvas = {
    machine: machine(),
    versions: versions(),
    ...(await benchCanvas(repeats)),
  };
  console.log(`\n${canvasRows(canvas).map(printRows).join('\n\n')}`);
  writeResults(resultFiles.canvas, canvas);
}
