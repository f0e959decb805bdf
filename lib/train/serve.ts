import type { Plan } from '@/lib/compile/plan';
import { BackendError, startBackend } from '@/lib/engine/backend';
import type { Engines } from './engines';
import { describeStop } from './failures';
import { measureGame } from './measure';
import type { ToWorker } from './protocol';
import { type Host, type Run, startRun } from './run';
import { tryGame } from './trial';

type Try = Extract<ToWorker, { type: 'try' }>;

interface Server {
  receive(message: ToWorker): void;
  /** Something went wrong between messages: the run ends with it. */
  crash(error: unknown): void;
}

interface ServerOptions extends Pick<Host, 'post' | 'breathe'> {
  /** The engine of this thread, whose files lie where `hello` says. */
  readonly engines: (assets: () => string) => Engines;
  /** Has at hand what a game draws from of the user's own files. */
  readonly provide?: (plan: Plan) => Promise<void>;
}

/** Runs by messages, wherever they come from. One run at a time; a new start ends the one before. */
export function serve({ post, breathe, engines: createEngines, provide }: ServerOptions): Server {
  let assets = '';
  let current: Run | undefined;
  const engines = createEngines(() => assets);
  /** Counts messages: a trial ends when another one comes. */
  let received = 0;
  /** Messages are handled one after another: a start or replan is done before what follows it. */
  let queue: Promise<void> = Promise.resolve();

  const drop = () => {
    current?.dispose();
    current = undefined;
  };

  async function handle(message: ToWorker, number: number): Promise<void> {
    if ('plan' in message) await provide?.(message.plan);
    switch (message.type) {
      case 'hello':
        assets = message.assets;
        return post({ type: 'ready' });
      case 'start':
        drop();
        current = await startRun(message, { engines, post, breathe });
        return;
      case 'stop':
        if (current?.runId === message.runId) await current.stop();
        return post({ type: 'stopped', runId: message.runId });
      case 'measure': {
        const { tf } = await startBackend(message.backend, { assets });
        const msPerIteration = await measureGame(tf, message.plan, message.milliseconds);
        return post({ type: 'measured', runId: message.runId, backend: message.backend, msPerIteration });
      }
      case 'try':
        return tryOut(message, () => received !== number);
      case 'end-try':
      case 'ping':
        return;
      default:
        if (current?.runId === message.runId) await current.handle(message);
    }
  }

  /** On weights of its own: the run that follows is the same as without it. */
  async function tryOut(message: Try, isCancelled: () => boolean): Promise<void> {
    const { runId, plan, multiplyAdds, milliseconds } = message;
    if (isCancelled()) return;
    drop();
    const { engine } = await engines.start(message.backend);
    await tryGame({
      tf: engine.tf,
      plan,
      multiplyAdds,
      milliseconds,
      canShrink: engine.name === 'wasm' || engine.name === 'cpu',
      clock: () => performance.now(),
      breathe,
      isCancelled,
      report: (trial) => post({ type: 'tried', runId, backend: engine.name, trial }),
    });
  }

  function fail(message: ToWorker, error: unknown): void {
    const runId = 'runId' in message ? message.runId : '';
    // A game that cannot be tried cannot be run either; the run will say so.
    if (message.type === 'try') return;
    if (message.type === 'measure') {
      post({ type: 'measured', runId, backend: message.backend, msPerIteration: null });
      return;
    }
    if (message.type === 'stop') post({ type: 'stopped', runId });
    const diagnostic = error instanceof BackendError ? error.diagnostic : describeStop(error);
    post({ type: 'failed', runId, iteration: 0, diagnostic });
  }

  return {
    receive(message) {
      // Not after what is waiting: the answer says that no update is under way.
      if (message.type === 'ping') return post({ type: 'pong' });
      const number = ++received;
      queue = queue.then(() => handle(message, number)).catch((error: unknown) => fail(message, error));
    },
    crash(error) {
      if (current) fail({ type: 'play', runId: current.runId }, error);
    },
  };
}
