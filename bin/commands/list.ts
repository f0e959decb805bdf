import { examples } from '@/lib/examples/catalogue';
import { parseArguments } from '../arguments';

/** The examples: an id first on each line, or with --json id, title, rows of the table of systems, and paper. */
export function list(args: string[]): number {
  const { json } = parseArguments(args, { json: { type: 'boolean', default: false } }).values;
  process.stdout.write(json ? `${JSON.stringify(described(), undefined, 2)}\n` : lines());
  return 0;
}

function lines(): string {
  const width = Math.max(...examples.map(({ id }) => id.length));
  return examples.map(({ id, idea }) => `${id.padEnd(width)}  ${idea}\n`).join('');
}

const described = () =>
  examples.map(({ id, document: { title }, rows, paper }) => ({ id, title, rows, paper }));
