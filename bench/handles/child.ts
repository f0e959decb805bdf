import { fork } from 'node:child_process';
import type { Reply, SideConfig } from '../sides/side';
import type { Handle } from './handle';

/** A side in a Node process of its own. */
export function startChild(config: SideConfig): Promise<Handle> {
  const child = fork(new URL('../sides/process.ts', import.meta.url), [JSON.stringify(config)], {
    stdio: ['ignore', 'ignore', 2, 'ipc'],
  });
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
