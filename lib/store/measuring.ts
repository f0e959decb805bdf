import type { Cost } from '@/lib/check/checked';
import type { Plan } from '@/lib/compile/plan';
import type { BackendName } from '@/lib/engine/backend-name';
import type { TrainClient } from '@/lib/train/client';
import type { BackendChoice, BackendGuide, Figures } from './backend-guide';

/** A run that moves, as far as measuring needs it. */
export interface Moving {
  readonly runId: string;
  readonly plan: Plan;
  readonly cost: Cost;
  readonly backend: BackendName;
  /** Iterations per second. */
  readonly rate: number;
  readonly choice: BackendChoice;
}

/** After the first seconds, which compile and warm up. */
const AFTER_MS = 4_000;
const AT_MOST_MS = 5_000;

/**
 * Once per machine and cost class: how fast the run's own backend is, and the others on real steps of the
 * same game, in a worker of their own.
 */
export function createMeasuring(options: {
  readonly client: Pick<TrainClient, 'measure'>;
  readonly guide: BackendGuide;
  /** The run under way, or undefined where nothing moves. */
  readonly moving: () => Moving | undefined;
  readonly show: (choice: BackendChoice) => void;
}) {
  const { client, guide, moving, show } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function measure(): Promise<void> {
    const run = moving();
    if (!run) return;
    const { runId, plan, cost, backend, rate, choice } = run;
    const figures: { -readonly [name in keyof Figures]: Figures[name] } = { [backend]: 1000 / rate };
    const others = choice.isManual ? [] : choice.unmeasured.filter((name) => name !== backend);
    for (const name of others) {
      show({ ...choice, measuring: name });
      figures[name] = await client.measure(plan, name, AT_MOST_MS / others.length);
      // What was measured beside a run that has ended since says little.
      if (moving()?.runId !== runId) return show(guide.choose(cost));
    }
    show(guide.learn(cost, figures, backend));
  }

  const cancel = () => clearTimeout(timer);
  return {
    schedule() {
      cancel();
      timer = setTimeout(() => void measure(), AFTER_MS);
    },
    cancel,
  };
}
