import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Milliseconds between looks at whether npm is still there. */
const LOOK_EVERY = 500;

/** Signals that come so soon after the first are the same wish: a terminal sends one, and npm passes on another. */
const SAME_WISH = 2_000;

/**
 * Calls `act` once when the process shall end: a signal, or the end of the npm that started it, whose shell passes
 * no signal on. Who asks again a while later does not want to wait: the process ends.
 */
export function onInterruption(act: () => void): void {
  const npm = process.env.npm_lifecycle_event === undefined ? [] : ancestors();
  // Asked now: a terminal that is closed is one no more.
  const hasTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  let asked: number | undefined;
  const interrupt = () => {
    if (asked !== undefined && performance.now() - asked > SAME_WISH) process.exit(130);
    if (asked !== undefined) return;
    asked = performance.now();
    clearInterval(timer);
    act();
  };
  const timer = setInterval(() => {
    if (!npm.every(isAlive)) interrupt();
  }, LOOK_EVERY);
  timer.unref();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  if (hasTerminal) process.once('SIGHUP', () => process.once('exit', hangUp));
}

/**
 * Ends as the signal does by itself: Node would set the terminal back to how it was, and aborts where the
 * terminal is gone.
 */
function hangUp(): void {
  process.removeAllListeners('SIGHUP');
  process.kill(process.pid, 'SIGHUP');
}

/** The shell that npm started, and npm; or the parent alone, where npm is not found behind it. */
function ancestors(): number[] {
  const parent = describe(process.ppid);
  if (!parent || parent.name.startsWith('npm')) return [process.ppid];
  const isNpm = describe(parent.parent)?.name.startsWith('npm');
  return isNpm ? [process.ppid, parent.parent] : [process.ppid];
}

/** Undefined where nobody can say: signals are all there is. */
function describe(pid: number): { readonly parent: number; readonly name: string } | undefined {
  try {
    if (process.platform === 'linux') {
      // `PID (name) state PPID ...`; a name may hold anything, brackets too.
      const [, name = '', parent] =
        /^\d+ \((.*)\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return { name, parent: Number(parent) };
    }
    const text = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
    const [, parent, name = ''] = /^\s*(\d+)\s+(?:.*\/)?(.*)/.exec(text) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
