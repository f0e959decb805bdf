import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Reply } from '../sides/side';
import type { Handle } from './handle';

/** The game in PyTorch, on one thread of the CPU or on the GPU; the interpreter is $PYTHON, or python3. */
export async function startPytorch(game: string, device: 'cpu' | 'cuda'): Promise<Handle> {
  const script = fileURLToPath(new URL('../peers/pytorch.py', import.meta.url));
  const child = spawn(process.env.PYTHON ?? 'python3', [script, game, device], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const reply = async (): Promise<Reply> => {
    const { value, done } = await lines.next();
    return done ? { type: 'failed', message: 'no PyTorch here' } : (JSON.parse(value) as Reply);
  };
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.on('error', () => undefined); // no such command: the lines end, and the reply says so
  const first = await reply();
  if (first.type === 'failed') throw new Error(first.message);
  return {
    async ask(request) {
      if (request.type === 'kernels') return { type: 'failed', message: 'not counted' };
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return reply();
    },
    end() {
      process.off('exit', kill);
      kill();
    },
  };
}
