import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readCheckpoint } from './checkpoint-files';
import { direct, type Ended, ganvas, start } from './testing/process';

// A process takes a second or two to start, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** Runs that are ended from outside, as processes: what is said, what is kept, and that nothing runs on. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ganvas-interrupted-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const game = ['train', 'gan-lab', '--seed', '3'];
const throughNpm = ['npm', 'run', '--silent', 'ganvas', '--'];

const digestOf = ({ out }: Ended): string => JSON.parse(out).digest;

const busy = { timeout: 100_000, interval: 50 };
const expectFile = (path: string) => vi.waitFor(() => expect(existsSync(path)).toBe(true), busy);

/** Ends it when its first checkpoint is there. */
async function interrupt(
  command: readonly string[],
  args: readonly string[],
  out: string,
  end: (child: ChildProcess) => void,
): Promise<Ended> {
  const { child, ended } = start([...args, '--out', out], { command });
  await expectFile(join(out, 'checkpoint.bin'));
  end(child);
  return ended;
}

/** From what is kept, as far as an unbroken run goes: the same weights. */
async function expectToGoOn(out: string): Promise<void> {
  const { iteration } = readCheckpoint(out).counters;
  expect(iteration).toBeGreaterThan(0);
  const iterations = ['--iterations', String(iteration + 5)];
  const [resumed, whole] = await Promise.all([
    ganvas([...game, ...iterations, '--resume', out]),
    ganvas([...game, ...iterations]),
  ]);
  expect(digestOf(resumed)).toBe(digestOf(whole));
}

const endless = [...game, '--iterations', '100000000'];

describe('a run that is ended', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s says where, and what is kept',
    async (signal) => {
      const out = join(folder, signal);
      const { code, error } = await interrupt(direct, endless, out, (child) => child.kill(signal));
      expect(code).toBe(130);
      const { iteration } = readCheckpoint(out).counters;
      expect(error).toContain(
        `Interrupted at iteration ${iteration}. The checkpoint of iteration ${iteration} is in ${out}`,
      );
    },
  );

  // The shell stands for the one in the terminal, and lives on to say how the run ended.
  test.skipIf(process.platform !== 'linux')('by closing its terminal keeps where it was', async () => {
    const out = join(folder, 'terminal');
    const [shell, status] = [join(folder, 'shell.sh'), join(folder, 'status')];
    const train = [...direct, ...endless, '--out', out].map((word) => `'${word}'`).join(' ');
    writeFileSync(
      shell,
      `${train} & run=$!\ntrap 'kill -HUP $run' HUP\nwait $run; wait $run; echo $? > '${status}'`,
    );
    const command = ['script', '--quiet', '--command', `sh '${shell}'`, '/dev/null'];
    const { child, ended } = start([], { command });
    await expectFile(join(out, 'checkpoint.bin'));
    child.kill('SIGKILL');
    await ended;
    await vi.waitFor(() => expect(readFileSync(status, 'utf8')).toMatch(/\n/), busy);
    // 128 and the number of SIGHUP: not aborted.
    expect(readFileSync(status, 'utf8')).toBe('129\n');
    expect(readCheckpoint(out).counters.iteration).toBeGreaterThan(0);
  });

  test('by SIGKILL goes on from its last checkpoint, bit for bit', async () => {
    const out = join(folder, 'killed');
    await interrupt(direct, endless, out, (child) => child.kill('SIGKILL'));
    await expectToGoOn(out);
  });

  test.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGKILL'] as const)(
    'behind npm, by %s to npm, ends with its checkpoint',
    async (signal) => {
      const out = join(folder, `npm-${signal}`);
      const { error } = await interrupt(throughNpm, endless, out, (child) => child.kill(signal));
      const { iteration } = readCheckpoint(out).counters;
      expect(error).toContain(`Interrupted at iteration ${iteration}.`);
    },
  );

  test('without --out says that nothing is kept', async () => {
    const { child, ended } = start(endless);
    child.stderr?.once('data', () => child.kill('SIGINT'));
    const { code, error } = await ended;
    expect(code).toBe(130);
    expect(error).toMatch(/Interrupted at iteration \d+\. Nothing was kept; --out DIR/);
  });
});

describe('what cannot be done is a sentence, without a stack trace:', () => {
  const sentence = /^(?!.*\n {4}at ).+\n$/s;

  test.each([
    [['--resume', 'nowhere.bin'], /no file "nowhere\.bin"/],
    [['--resume', 'lib'], /folder "lib" has no checkpoint\.bin/],
    [['--resume', 'package.json'], /not a checkpoint/],
    [['--out', 'package.json'], /package\.json is no folder/],
    [['--out', 'package.json/run'], /no folder/],
  ])('%s', async (options, words) => {
    const { code, out, error } = await ganvas([...game, '--iterations', '5', ...options]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(words);
    expect(error).toMatch(sentence);
  });

  test('a target that is passed already', async () => {
    const out = join(folder, 'passed');
    await ganvas([...game, '--iterations', '10', '--out', out]);
    const ended = await ganvas([...game, '--iterations', '4', '--resume', out]);
    expect(ended.error).toContain(`${out} stands at iteration 10, and --iterations is 4: nothing to train.`);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.out).iterations).toBe(10);
  });

  // As a full disk: no file may have more than a kilobyte.
  test.skipIf(process.platform === 'win32')('a full disk: the result is printed, exit 3', async () => {
    const out = join(folder, 'full');
    const limited = ['bash', '-c', 'ulimit -f 1 && exec "$@"', 'bash', ...direct];
    const args = [...game, '--iterations', '10', '--out', out];
    const { code, out: result, error } = await start(args, { command: limited }).ended;
    expect(code).toBe(3);
    expect(JSON.parse(result).iterations).toBe(10);
    expect(error).toMatch(/checkpoint could not be written: .*EFBIG/);
    expect(error).toMatch(sentence);
    expect(existsSync(join(out, 'checkpoint.bin'))).toBe(false);
  });
});

test('checkpoints while it runs change nothing', async () => {
  const iterations = ['--iterations', '400'];
  const out = join(folder, 'kept');
  const [kept, plain] = await Promise.all([
    ganvas([...game, ...iterations, '--out', out]),
    ganvas([...game, ...iterations]),
  ]);
  expect(digestOf(kept)).toBe(digestOf(plain));
  expect(readFileSync(join(out, 'checkpoint.bin')).length).toBeGreaterThan(1000);
});
