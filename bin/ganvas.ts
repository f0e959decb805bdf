import { DataRefusal } from '@/lib/data/files/data-file';
import { nodeBackends } from './backends';
import { UsageError } from './usage';

type Command = (args: string[]) => Promise<number> | number;

/**
 * The command line: the same library as the page, in Node. Each command is loaded when it is asked for and
 * returns its exit status.
 */
const commands: Record<string, () => Promise<Command>> = {
  list: async () => (await import('./commands/list')).list,
  kinds: async () => (await import('./commands/kinds')).kinds,
  check: async () => (await import('./commands/check')).check,
  show: async () => (await import('./commands/show')).show,
  data: async () => (await import('./commands/data')).data,
  train: async () => (await import('./commands/train')).train,
  sweep: async () => (await import('./commands/sweep')).sweep,
  sample: async () => (await import('./commands/sample')).sample,
  interpolate: async () => (await import('./commands/interpolate')).interpolate,
  project: async () => (await import('./commands/project')).project,
  export: async () => (await import('./commands/export')).exportGraph,
  link: async () => (await import('./commands/link')).link,
};

const help = `Usage: npm run --silent ganvas -- COMMAND

  list [--json]            the examples, an id first on each line; with --json title, rows and paper too
  kinds                    the registry as JSON
  check GRAPH              diagnostics, shapes and cost as JSON; exit 0, or 2 with errors
  show GRAPH               the same for people
  data FILE                what a file or folder of your own would be as a data set, as JSON
  train GRAPH [options]    trains; the last line of standard output is JSON
      --iterations N  --seed S  --backend ${nodeBackends.join('|')}  --out DIR  --resume CHECKPOINT
      --until 'NODE.name>=X'  --tensorboard DIR
      --data FILE          a file that the graph was made with; again for each further one
      --data FILE --dataset NODE
                           a file of your own in the place of a node's data
  sweep FILE [--out DIR] [--backend …] [--hours N] [--data FILE]
                           trains a graph once for each combination of values; a line of JSON per run. What
                           is done stays done: the same command goes on after a kill, and tries failures again.
                           FILE: {"graph": "ring", "iterations": 2000, "order": "random",
                                  "vary": {"adam-g.learningRate": [1e-3, 1e-4], "settings.seed": [1, 2, 3]}}
  sample GRAPH --checkpoint CHECKPOINT -o FILE [--count N] [--seed FIRST] [--per-class]
      [--weights trained|averaged] [--of NODE.PORT] [--data FILE]
                           what it makes: .zip of PNGs, .png of all, .npz, .csv in the units of your file, .txt of strings;
                           one sample by each seed from FIRST on, of every class alike with --per-class
  interpolate GRAPH --checkpoint CHECKPOINT -o FILE --from SEED --to SEED [--steps N] [--path linear|spherical]
      [--weights trained|averaged] [--of NODE.PORT]
                           from one sample to another, in the formats of sample
  project GRAPH --checkpoint CHECKPOINT --target IMAGE|'X,Y' [-o FILE] [--steps N] [--any-length]
      [--weights trained|averaged] [--of NODE.PORT]
                           the noise whose sample is nearest to an image or a point, as JSON; the sample in FILE;
                           noise is no longer than that of samples, but with --any-length
  export torch GRAPH -o FILE.py [--checkpoint CHECKPOINT] [--record UPDATES [--data FILE]]
                           the game in PyTorch, its weights, and updates to compare
  export torch --sweep FILE -o DIR
                           a sweep as jobs in PyTorch: as few files of Python as do, jobs.txt with a line per
                           run, and job.sh for an array of SLURM or a loop
  export onnx GRAPH -o FILE.onnx [--checkpoint CHECKPOINT] [--weights trained|averaged] [--of NODE.PORT]
                           its generator for any runtime of ONNX: noise and labels in, samples out
  export huggingface GRAPH -o DIR --checkpoint CHECKPOINT [--data FILE]
                           a folder for Hugging Face: weights, settings, a card with metrics, and generate.py
  export tfjs GRAPH -o FILE.zip [--checkpoint CHECKPOINT]
                           its networks as layers models of TensorFlow.js
  link GRAPH [--origin URL]   the graph as a link

GRAPH is a file, a link, an example's id, or - for standard input.
CHECKPOINT is the folder of --out, or a file in it: checkpoint.bin is the newest, checkpoint.previous.bin the one
before it. Data is CSV, TSV, NPY, NPZ, IDX, images (PNG, JPEG, WebP, AVIF, each frame of a GIF), or a zip or folder of
them. COMMAND --help says what is here of one command.
`;

/** What is said of one command, and what its words mean. */
function helpOf(name: string): string {
  const parts = help.split(/\n(?=\n| {2}[a-z])/);
  return parts
    .filter((part, i) => i === 0 || part.startsWith(`  ${name} `) || part.startsWith('\nGRAPH'))
    .join('\n');
}

async function main([name = 'help', ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    process.stderr.write(
      name === 'help' || name === '--help' ? help : `There is no command ${name}.\n\n${help}`,
    );
    return name === 'help' || name === '--help' ? 0 : 2;
  }
  if (args.includes('--help')) {
    process.stderr.write(helpOf(name));
    return 0;
  }
  try {
    return await (await command())(args);
  } catch (error) {
    const isForUser = error instanceof UsageError || error instanceof DataRefusal || isOfFileSystem(error);
    if (!isForUser) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** No such folder, no right to write, no space: the message names the file. */
const isOfFileSystem = (error: unknown): error is Error =>
  error instanceof Error && 'syscall' in error && 'path' in error;

process.exitCode = await main(process.argv.slice(2));
