import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { torchJobs } from '@/lib/export/torch-jobs';
import { quantity } from '@/lib/util/sentence';
import { printDiagnostics } from './load';
import { plannedSweep } from './planned-sweep';
import { UsageError } from './usage';

/** One line of jobs.txt, by its number: the first argument, or that of a job array. More arguments are passed on. */
const jobScript = (count: number) => `#!/bin/sh
#SBATCH --array=1-${count}
# One run of the sweep. On SLURM: sbatch job.sh. Without: for n in $(seq ${count}); do sh job.sh $n; done
set -e
cd "\${SLURM_SUBMIT_DIR:-$(dirname "$0")}"
if [ -n "$SLURM_ARRAY_TASK_ID" ]; then n=$SLURM_ARRAY_TASK_ID; else n=$1; shift; fi
exec \${PYTHON:-python} $(sed -n "\${n}p" jobs.txt) "$@"
`;

interface Values {
  readonly out?: string | undefined;
  readonly checkpoint?: string | undefined;
  readonly record?: string | undefined;
}

/** A sweep as jobs in PyTorch: `export torch --sweep FILE -o DIR`. */
export async function exportTorchSweep(
  path: string,
  name: string | undefined,
  values: Values,
): Promise<number> {
  const { out, checkpoint, record } = values;
  if (name !== undefined || checkpoint !== undefined || record !== undefined)
    throw new UsageError(
      'A sweep names its graph in its file, and begins from the seed: --sweep FILE -o DIR.',
    );
  if (out === undefined || out.endsWith('.py'))
    throw new UsageError('Where to? -o takes the name of a folder: -o jobs.');
  const sweep = await plannedSweep(path);
  if (!sweep) return 2;
  const made = torchJobs(sweep.graph, sweep.runs);
  if (!made.ok) {
    printDiagnostics(made.diagnostics);
    return 2;
  }
  const { scripts, jobs } = made.planned;
  const lines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');
  const files = new Map([
    ...scripts,
    ['jobs.txt', lines(jobs.map(({ words }) => words.join(' ')))],
    ['runs.jsonl', lines(jobs.map(({ run: { id, values } }) => JSON.stringify({ id, values })))],
    ['job.sh', jobScript(jobs.length)],
  ]);
  mkdirSync(out, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(out, file), text);
  process.stderr.write(
    `${quantity(jobs.length, 'run')} with ${quantity(scripts.size, 'file')} of Python. In ${out}: sbatch job.sh, or for n in $(seq ${jobs.length}); do sh job.sh $n; done\n`,
  );
  return 0;
}
