import type { Live } from '@/components/canvas/live';
import type { Feed } from '@/lib/store/feed';
import { formatReading } from './format';
import { paintPictures } from './paint-pictures';
import { sparkPath } from './spark-path';

/**
 * The run as the canvas shows it: pictures in view nodes, readings on metric nodes. `prefix` leads to the block that
 * is shown, as the plain ids of what is in it begin.
 */
export const createLive = (feed: Feed, prefix: () => string = () => ''): Live => ({
  renderView: (node, canvas) =>
    paintPictures(canvas, (listener) => feed.subscribePicture(prefix() + node, listener)),
  watchReading({ series: own, ...reading }, show) {
    const series = prefix() + own;
    let waiting = 0;
    const notify = () => {
      waiting = 0;
      const value = feed.metrics.last(series);
      show(value === undefined ? '–' : formatReading(value, reading), sparkPath(feed.metrics.curve(series)));
    };
    notify();
    const unsubscribe = feed.subscribe(() => {
      waiting ||= requestAnimationFrame(notify);
    });
    return () => {
      unsubscribe();
      cancelAnimationFrame(waiting);
    };
  },
});
