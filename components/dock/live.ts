import type { Live } from '@/components/canvas/live';
import type { Feed } from '@/lib/store/feed';
import { formatReading } from './format';
import { paintPictures } from './paint-pictures';
import { sparkPath } from './spark-path';

/** The run as the canvas shows it: pictures in view nodes, readings on metric nodes. */
export const createLive = (feed: Feed): Live => ({
  renderView: (node, canvas) => paintPictures(canvas, (listener) => feed.subscribePicture(node, listener)),
  watchReading(reading, show) {
    let waiting = 0;
    const notify = () => {
      waiting = 0;
      const value = feed.metrics.last(reading.series);
      show(
        value === undefined ? '–' : formatReading(value, reading),
        sparkPath(feed.metrics.curve(reading.series)),
      );
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
