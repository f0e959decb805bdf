import type { Live } from '@/components/canvas/live';
import type { TrainingStore } from '@/lib/store/training-state';
import { formatReading, formatValue } from './format';
import { paintPictures } from './paint-pictures';
import { sparkPath } from './spark-path';

/**
 * The run as the canvas shows it: pictures, readings, scores and losses in nodes, and how far it is. `prefix` leads to
 * the block that is shown, as the plain ids of what is in it begin.
 */
export function createLive(
  { feed, getState, subscribe }: TrainingStore,
  prefix: () => string = () => '',
): Live {
  const follow = (notify: () => void) => eachFrame(notify, feed.subscribe);
  return {
    renderView: (node, canvas, zoom) =>
      paintPictures(canvas, (listener) => feed.subscribePicture(prefix() + node, listener), zoom),
    watchReading: (reading, show) =>
      follow(() => {
        const series = prefix() + reading.series;
        const value = feed.reading('metrics', series);
        show(
          value === undefined ? '–' : formatReading(value, reading),
          sparkPath(feed.metrics.curve(series)),
        );
      }),
    watchScore: (call, show) => follow(() => show(textOf(feed.reading('scores', prefix() + call)))),
    watchLoss: (player, show) => follow(() => show(textOf(feed.reading('losses', prefix() + player)))),
    watchTint: (layer, show) =>
      follow(() => {
        const tints = feed.tints();
        show(tints?.layers[prefix() + layer], tints?.figure);
      }),
    watchRun: (show) =>
      eachFrame(
        () => {
          const { status, iteration, target } = getState();
          const past = feed.lookedAt();
          const isShown = iteration > 0 && target > 0 && status.type !== 'idle';
          show(
            isShown
              ? {
                  isRunning: status.type === 'running',
                  isPast: past !== undefined,
                  tintedAt: past === undefined ? undefined : feed.tints()?.iteration,
                  progress: Math.min(1, (past ?? iteration) / target),
                }
              : undefined,
          );
        },
        both(subscribe, feed.subscribe),
      ),
  };
}

type Subscribe = (listener: () => void) => () => void;

const both =
  (one: Subscribe, other: Subscribe): Subscribe =>
  (listener) => {
    const ends = [one(listener), other(listener)];
    return () => {
      for (const end of ends) end();
    };
  };

const textOf = (value: number | undefined): string => (value === undefined ? '' : formatValue(value));

/** Now, and once per animation frame in which something changed, until the function that it gives is called. */
function eachFrame(notify: () => void, subscribe: Subscribe): () => void {
  let waiting = 0;
  const now = () => {
    waiting = 0;
    notify();
  };
  now();
  const unsubscribe = subscribe(() => {
    waiting ||= requestAnimationFrame(now);
  });
  return () => {
    unsubscribe();
    cancelAnimationFrame(waiting);
  };
}
