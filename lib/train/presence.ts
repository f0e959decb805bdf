import { patience, type Silent } from './patience';
import type { FromWorker, RunMessage, StartMessage } from './protocol';
import { createWatchdog } from './watchdog';

interface PresenceOptions {
  readonly ping: () => void;
  readonly lose: (detail: string) => void;
  readonly isHidden: () => boolean;
}

/** Whether the worker of a run is still there, from what the run was asked for and what has come of it. */
interface Presence {
  /** Before the run is asked for. A fresh worker answers a handshake first, which has a timeout of its own. */
  start(message: StartMessage, of: { multiplyAdds: number; isFresh: boolean }): void;
  send(message: RunMessage): void;
  /** An answer is expected. */
  watch(): void;
  heard(message: FromWorker, run: string | undefined): void;
  /** There is no run any more. */
  end(): void;
}

export function createPresence({ ping, lose, isHidden }: PresenceOptions): Presence {
  let stage: Silent['stage'] = 'asked';
  let multiplyAdds = 0;
  let losses = 0;
  /** The run makes iterations, or is about to. */
  let isTraining = false;
  /** A game is made of a plan. */
  let isBuilding = false;
  const watchdog = createWatchdog({
    ping,
    limit: (longest) => patience({ stage, multiplyAdds, longest, losses }),
    lose(silenceMs) {
      losses++;
      lose(`The training worker has not answered for ${Math.round(silenceMs / 1000)} s.`);
    },
    isHidden,
    clock: () => performance.now(),
  });

  return {
    start(message, of) {
      multiplyAdds = of.multiplyAdds;
      stage = of.isFresh ? 'building' : 'asked';
      isTraining = !message.paused;
      isBuilding = true;
      watchdog.restart();
      watchdog.watch();
      // Before the start, so that the answer says that the worker was there for it.
      if (!of.isFresh) ping();
    },
    send({ type }) {
      if (type === 'play' || type === 'step') isTraining = true;
      if (type === 'replan') {
        isBuilding = true;
        stage = 'building';
      }
      watchdog.watch();
    },
    watch: watchdog.watch,
    heard(message, run) {
      if (stage === 'asked' && message.type !== 'ready') stage = 'building';
      if ('runId' in message && message.runId === run) {
        if (message.type === 'compiled') isBuilding = false;
        if (message.type === 'progress') stage = 'steady';
        if (message.type === 'status') isTraining = message.status === 'running';
        if (message.type === 'failed') isTraining = isBuilding = false;
      }
      const isBusy = run !== undefined && (isTraining || isBuilding);
      watchdog.heard(isBusy);
      if (isBusy) watchdog.watch();
    },
    end: watchdog.end,
  };
}
