import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import type { Results } from './results';

/** What a measurement was made on, and with. */
export const machine = (): Results['machine'] => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
});

export function versions(chromium?: string): Results['versions'] {
  const torch = torchVersion();
  return {
    node: process.version,
    tfjs: packageVersion('@tensorflow/tfjs'),
    commit: run('git', ['rev-parse', '--short', 'HEAD']) ?? 'unknown',
    ...(torch && { torch }),
    ...(chromium && { chromium }),
  };
}

const packageVersion = (name: string): string => {
  const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
};

const torchVersion = () =>
  run(process.env.PYTHON ?? 'python3', ['-c', 'import torch; print(torch.__version__)']);

/** What the command prints, or undefined where it is not there or fails. */
function run(command: string, args: string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
