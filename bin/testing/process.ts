import { type ChildProcess, spawn } from 'node:child_process';

/** The command line as its users have it: a process, its two outputs, its exit status. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export const direct: readonly string[] = [process.execPath, 'bin/ganvas.mjs'];

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export function start(
  args: readonly string[],
  { command = direct, input }: { readonly command?: readonly string[]; readonly input?: string } = {},
): Started {
  const [program = '', ...rest] = command;
  const child = spawn(program, [...rest, ...args]);
  if (input !== undefined) child.stdin.end(input);
  let out = '';
  let error = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    error += data;
  });
  // Not `exit`: `close` comes when nobody holds the outputs any more, a process behind npm's shell neither.
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, out, error }));
  });
  return { child, ended };
}

export const ganvas = (args: readonly string[], input?: string): Promise<Ended> =>
  start(args, input === undefined ? {} : { input }).ended;
