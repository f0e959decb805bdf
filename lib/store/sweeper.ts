import { createStore, type StoreApi } from 'zustand/vanilla';
import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import type { BackendName } from '@/lib/engine/backend-name';
import type { TrainClient } from '@/lib/train/client';
import { type Axis, expectSweep, planSweep, type SweepRun, shuffled } from '@/lib/train/sweep';
import { createTail } from '@/lib/train/tail';
import { reasonOf } from '@/lib/util/reason-of';
import { createCurves } from './curves';
import { MOST_STATE_BYTES } from './sweep-words';
import type { ShownResult, Sweep, Sweeps } from './sweeps';

interface SweepState {
  /** Undefined where the document has none. */
  readonly sweep: Sweep | undefined;
  readonly runs: readonly SweepRun[];
  /** By the ids of runs. */
  readonly results: ReadonlyMap<string, ShownResult>;
  /** The run that trains now, and how far it is. */
  readonly current: { readonly id: string; readonly iteration: number } | undefined;
  readonly isRunning: boolean;
  readonly problem: string | undefined;
}

/** The runs of a sweep, one after another in a worker of their own, each written down when it has ended. */
export interface Sweeper extends Pick<StoreApi<SweepState>, 'getState' | 'getInitialState' | 'subscribe'> {
  /** Another document is open: a sweep that runs stops. */
  open(document: string): Promise<void>;
  /** How long runs would take here, timed with the first of them; undefined where it cannot be trained. */
  expect(runs: readonly SweepRun[]): Promise<ReturnType<typeof expectSweep> | undefined>;
  begin(sweep: Sweep): Promise<void>;
  /** Makes the runs that are not done, failed ones anew. */
  go(): Promise<void>;
  /** The run under way begins again another time. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

interface SweeperOptions {
  readonly client: Pick<TrainClient, 'start' | 'stop' | 'end' | 'measure' | 'ask'>;
  readonly sweeps: Sweeps;
  readonly backend: () => BackendName;
}

const MEASURED_MS = 1_500;
/** Curves of a run in a table are small pictures. */
const POINTS = 512;

const nothing: SweepState = {
  sweep: undefined,
  runs: [],
  results: new Map(),
  current: undefined,
  isRunning: false,
  problem: undefined,
};

export function createSweeper({ client, sweeps, backend }: SweeperOptions): Sweeper {
  const store = createStore<SweepState>()(() => nothing);
  const { getState, setState } = store;
  let document = '';
  /** Counts what ends a queue. */
  let stops = 0;
  let started = 0;
  let end = () => {};

  const runsOf = ({ graph, axes }: { readonly graph: Sweep['graph']; readonly axes: readonly Axis[] }) => {
    const planned = planSweep(graph, axes);
    return planned.ok ? planned.runs : [];
  };

  /** Undefined: it was stopped. */
  function train(run: SweepRun): Promise<ShownResult | undefined> {
    const checked = checkGraph(run.graph);
    const plan = compilePlan(checked);
    const [losses, metrics] = [createCurves(POINTS), createCurves(POINTS)];
    const tail = createTail(plan);
    const pictures: Record<string, NonNullable<ShownResult['pictures']>[string]> = {};
    const runId = `sweep-${++started}`;
    const begun = performance.now();
    let reached = 0;
    return new Promise((resolve) => {
      end = () => resolve(undefined);
      const finish = (how: Pick<ShownResult, 'status'> & { readonly message?: string }) =>
        resolve({
          id: run.id,
          values: run.values,
          ...how,
          iteration: reached,
          seconds: Number(((performance.now() - begun) / 1000).toFixed(1)),
          losses: tail.means(),
          metrics: Object.fromEntries(metrics.keep().latest),
          curves: { losses: losses.keep(), metrics: metrics.keep() },
          pictures,
        });
      client.start(
        { type: 'start', runId, plan, backend: backend(), resume: false, paused: false },
        {
          message(message) {
            if ('iteration' in message) reached = message.iteration;
            if (message.type === 'progress') {
              for (const [player, { iterations, values }] of Object.entries(message.losses))
                losses.append(player, iterations, values);
              tail.add(message.losses);
              setState({ current: { id: run.id, iteration: message.iteration } });
            } else if (message.type === 'metrics') {
              for (const [metric, values] of Object.entries(message.values))
                for (const [name, value] of Object.entries(values))
                  metrics.append(`${metric}.${name}`, [message.iteration], [value]);
            } else if (message.type === 'pictures') Object.assign(pictures, message.pictures);
            else if (message.type === 'failed')
              finish({ status: 'failed', message: message.diagnostic.message });
            else if (message.type === 'status' && message.status === 'done') finish({ status: 'done' });
          },
          lost: (_, detail) => finish({ status: 'failed', message: detail }),
        },
        checked.cost.multiplyAdds,
      );
    });
  }

  /** What a run that has ended can be gone on from, as long as there is room for it. */
  async function takeState(): Promise<Uint8Array | undefined> {
    const answered = await client.ask({ type: 'state' });
    if (!answered?.ok || !(answered.answer instanceof Uint8Array)) return undefined;
    const taken = [...getState().results.values()].reduce((sum, { stateBytes = 0 }) => sum + stateBytes, 0);
    return taken + answered.answer.byteLength <= MOST_STATE_BYTES ? answered.answer : undefined;
  }

  /** The result matters more than the weights: where both cannot be kept, it is kept alone. */
  async function write(
    { id }: Sweep,
    result: ShownResult,
    state: Uint8Array | undefined,
  ): Promise<ShownResult> {
    if (state) {
      const withState = { ...result, stateBytes: state.byteLength };
      const isKept = await sweeps.write(id, withState, state).then(
        () => true,
        () => false,
      );
      if (isKept) return withState;
    }
    await sweeps.write(id, result);
    return result;
  }

  async function makeAll(sweep: Sweep): Promise<void> {
    const mine = ++stops;
    const { runs, results } = getState();
    const waiting = runs.filter(({ id }) => results.get(id)?.status !== 'done');
    const queue = sweep.order === 'random' ? shuffled(waiting, sweep.graph.settings.seed) : waiting;
    setState({ isRunning: true, problem: undefined });
    try {
      for (const run of queue) {
        setState({ current: { id: run.id, iteration: 0 } });
        const result = await train(run);
        const state = result?.status === 'done' ? await takeState() : undefined;
        // A device that failed takes the worker with it.
        if (result?.status === 'failed') client.end();
        else await client.stop();
        if (!result || mine !== stops) return;
        const kept = await write(sweep, result, state);
        setState(({ results }) => ({ results: new Map(results).set(run.id, kept) }));
      }
    } catch (error) {
      setState({
        problem: `A result could not be kept (${reasonOf(error)}). The sweep stands; it goes on from here.`,
      });
    } finally {
      if (mine === stops) setState({ isRunning: false, current: undefined });
    }
  }

  const sweeper: Omit<Sweeper, 'getState' | 'getInitialState' | 'subscribe'> = {
    async open(next) {
      if (next === document) return;
      document = next;
      await sweeper.stop();
      setState(nothing);
      const found = await sweeps.load(next).catch(() => undefined);
      if (!found || next !== document) return;
      const results = new Map(found.results.map((result) => [result.id, result]));
      setState({ sweep: found.sweep, runs: runsOf(found.sweep), results });
    },
    async expect(runs) {
      const [first] = runs;
      if (!first) return undefined;
      const ms = await client.measure(compilePlan(checkGraph(first.graph)), backend(), MEASURED_MS);
      return ms === null ? undefined : expectSweep(runs, ms);
    },
    async begin(sweep) {
      await sweeper.stop();
      try {
        await sweeps.begin(sweep);
      } catch (error) {
        return setState({ problem: `The sweep could not be kept (${reasonOf(error)}).` });
      }
      setState({ ...nothing, sweep, runs: runsOf(sweep) });
      await sweeper.go();
    },
    async go() {
      const { sweep, isRunning } = getState();
      if (!sweep || isRunning) return;
      await alone(
        `ganvas-sweep ${sweep.id}`,
        () => makeAll(sweep),
        () => setState({ problem: 'Another tab makes these runs. What it has made is here after a reload.' }),
      );
    },
    async stop() {
      stops++;
      end();
      await client.stop();
      setState({ isRunning: false, current: undefined });
    },
    async remove() {
      await sweeper.stop();
      await sweeps.remove(document);
      setState(nothing);
    },
  };
  return Object.assign(store, sweeper);
}

/** In one tab at a time, where the browser has locks. */
async function alone(name: string, task: () => Promise<void>, refused: () => void): Promise<void> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (!locks) return task();
  await locks.request(name, { ifAvailable: true }, (lock) => (lock ? task() : refused()));
}
