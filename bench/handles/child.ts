import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gameDocument } from '../games/games';
import type { Reply, SideConfig } from '../sides/side';
import { bundle } from './bundle';
import type { Handle } from './handle';

let program: Promise<string> | undefined;

/**
 * `sides/process.ts` as one module, built once. From its source tsx would run it with every closure named anew
 * each time that it is made, which pages do not.
 */
function buildProgram(): Promise<string> {
  program ??= (async () => {
    const entry = fileURLToPath(new URL('../sides/process.ts', import.meta.url));
    const file = resolve('.cache/bench/process.mjs');
    const code = await bundle(entry, { ssr: entry, target: 'node20' });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    return file;
  })();
  return program;
}

/** A side in a Node process of its own. */
export async function startChild(config: SideConfig): Promise<Handle> {
  const child = fork(
    await buildProgram(),
    [JSON.stringify(config), JSON.stringify(gameDocument(config.game))],
    { execArgv: [], stdio: ['ignore', 'ignore', 2, 'ipc'] },
  );
  const reply = () =>
    new Promise<Reply>((resolve, reject) => {
      const ended = () => reject(new Error('its process ended'));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        resolve(message as Reply);
      });
    });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const end = () => {
    process.off('exit', kill);
    child.removeAllListeners();
    kill();
  };
  return reply().then((first) => {
    if (first.type === 'failed') {
      end();
      throw new Error(first.message);
    }
    return {
      ask(request) {
        const answer = reply();
        child.send(request);
        return answer;
      },
      end,
    };
  });
}
