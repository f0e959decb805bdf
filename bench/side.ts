import { runOurs } from './ours';
import { runPeer } from './peer-side';

/**
 * One side of a comparison in a process of its own: `side.ts ours|peer GAME`. It gets ready, says so, and then
 * runs as many iterations as it is asked for, one request at a time.
 */
export interface Side {
  /** Trains; resolves when the weights are really there. */
  run(iterations: number): Promise<void>;
}

const [name = '', game = ''] = process.argv.slice(2);
const side = await (name === 'ours' ? runOurs(game) : runPeer(game));
process.on('message', async (iterations: number) => {
  const before = performance.now();
  await side.run(iterations);
  process.send?.({ milliseconds: performance.now() - before });
});
process.send?.('ready');
