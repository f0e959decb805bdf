import type { Live } from '@/components/canvas/live';
import type { Checked } from '@/lib/check/checked';
import type { Feed } from '@/lib/store/feed';
import { formatValue } from './format';
import { paintPictures } from './paint-pictures';

/** The run as the canvas shows it: pictures in view nodes, readings on metric nodes. */
export const createLive = (feed: Feed, checked: () => Checked): Live => ({
  renderView: (node, canvas) => paintPictures(canvas, (listener) => feed.subscribePicture(node, listener)),
  readMetric(node, show) {
    let waiting = 0;
    const notify = () => {
      waiting = 0;
      const { definition } = checked().nodes.get(node) ?? {};
      if (definition?.role !== 'metric') return show(undefined);
      const readings = definition.results.flatMap(({ name, label }) => {
        const value = feed.metrics.last(`${node}.${name}`);
        return value === undefined ? [] : [`${label} ${formatValue(value)}`];
      });
      show(readings.length > 0 ? readings.join(' · ') : undefined);
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
