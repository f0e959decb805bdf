import { createByHand } from './by-hand';
import { createOurs } from './ours';
import { answer, failed, type Request, type SideConfig } from './side';

/**
 * One side in a process of its own: `process.ts CONFIG DOCUMENT`. It gets ready, says so, and answers one
 * request at a time.
 */
const config = JSON.parse(process.argv[2] ?? '{}') as SideConfig;
const { game, player, backend, plain = false, slowdown } = config;
process.once('disconnect', () => process.exit());
try {
  const side =
    player === 'ours'
      ? await createOurs(JSON.parse(process.argv[3] ?? '{}'), backend, { stockKernels: plain })
      : await createByHand(game, backend);
  process.on('message', async (request: Request) => process.send?.(await answer(side, request, slowdown)));
  process.send?.({ type: 'ready' });
} catch (error) {
  process.send?.(failed(error), () => process.exit(1));
}
