import type { CurveSource } from '@/components/dock/losses-chart';
import { type Curves, createCurves, type KeptCurves } from '@/lib/store/curves';
import type { Feed } from '@/lib/store/feed';
import { joinCurves } from '@/lib/store/join-curves';
import type { ComparedCurve } from './compared';
import { runRecords } from './run-records';

/** All curves of one run. */
export type RunCurves = Pick<Feed, 'losses' | 'metrics' | 'health'>;

/** As they were kept; empty where they were not. */
export async function readCurves(run: string): Promise<RunCurves> {
  const record = await runRecords.load(run).catch(() => undefined);
  const restored = (of: KeptCurves | undefined): Curves => {
    const curves = createCurves();
    if (of) curves.restore(of);
    return curves;
  };
  const { losses, metrics, health } = record?.results ?? {};
  return { losses: restored(losses), metrics: restored(metrics), health: restored(health) };
}

/** Curves of several runs on one grid. */
export const joinedSource = (
  joined: readonly (Pick<ComparedCurve, 'series'> & { readonly of: RunCurves | undefined })[],
  source: keyof RunCurves,
  subscribe: Feed['subscribe'],
): CurveSource => {
  const none = createCurves();
  return {
    table: () => joinCurves(joined.map(({ of, series }) => ({ curves: of?.[source] ?? none, series }))),
    subscribe,
  };
};
