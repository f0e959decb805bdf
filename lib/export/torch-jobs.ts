import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Graph, Json } from '@/lib/graph/schema';
import { type SweepRun, withValues } from '@/lib/train/sweep';
import { torchFiles } from './torch-files';

/** A sweep in PyTorch: as few files of Python as do, and what each run calls one of them with. */
interface TorchJobs {
  /** By name: `game.py`, or `game-1.py`, `game-2.py` … where runs differ in more than a file takes as an option. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly jobs: readonly TorchJob[];
}

interface TorchJob {
  readonly run: SweepRun;
  /** The file and its arguments: no character in them means anything to a shell. */
  readonly words: readonly string[];
}

type PlannedJobs =
  | { readonly ok: true; readonly planned: TorchJobs }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function torchJobs(graph: Graph, runs: readonly SweepRun[]): PlannedJobs {
  const files = new Map<string, { readonly script: string; readonly number: number }>();
  const planned: { run: SweepRun; number: number; options: readonly string[] }[] = [];
  const players = new Set(runs.slice(0, 1).flatMap(playersOf));
  for (const run of runs) {
    const taken = Object.entries(run.values).map(
      ([path, value]) => [path, value, optionOf(path, value, players)] as const,
    );
    const built = Object.fromEntries(
      taken.flatMap(([path, value, option]) => (option === undefined ? [[path, value]] : [])),
    );
    const key = JSON.stringify(built);
    let file = files.get(key);
    if (!file) {
      const written = torchFiles(withValues(graph, built), undefined, '');
      if (!written.ok) return written;
      file = { script: written.script, number: files.size + 1 };
      files.set(key, file);
    }
    planned.push({ run, number: file.number, options: taken.flatMap(([, , option]) => option ?? []) });
  }
  const nameOf = (number: number) => (files.size === 1 ? 'game.py' : `game-${number}.py`);
  return {
    ok: true,
    planned: {
      scripts: new Map([...files.values()].map(({ script, number }) => [nameOf(number), script])),
      jobs: planned.map(({ run, number, options }) => ({
        run,
        words: [nameOf(number), ...options, '--out', `runs/${run.id}`],
      })),
    },
  };
}

const playersOf = ({ graph }: SweepRun): readonly string[] =>
  compilePlan(checkGraph(graph)).players.map(({ id }) => id);

/** How the file takes it; undefined where it has to be another file. */
function optionOf(path: string, value: Json, players: ReadonlySet<string>): readonly string[] | undefined {
  if (typeof value !== 'number') return undefined;
  if (path === 'settings.seed') return ['--seed', String(value)];
  if (path === 'settings.iterations') return ['--iterations', String(value)];
  const [player = '', name] = path.split('.');
  return name === 'learningRate' && players.has(player) ? ['--set', `${path}=${value}`] : undefined;
}
