import { examples } from '@/lib/examples/catalogue';

/** The examples, an id first on each line. */
export function list(): number {
  const width = Math.max(...examples.map(({ id }) => id.length));
  for (const { id, idea } of examples) process.stdout.write(`${id.padEnd(width)}  ${idea}\n`);
  return 0;
}
