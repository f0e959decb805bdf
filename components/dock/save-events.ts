import { zipSync } from 'fflate';
import { downloadFile } from '@/components/ui/download';
import { drawPicture } from '@/lib/draw/draw-picture';
import type { Picture } from '@/lib/draw/picture';
import { lightTheme } from '@/lib/draw/theme';
import { eventFileName, imageEvent, scalarEvent, versionEvent } from '@/lib/export/tensorboard';
import type { Curves } from '@/lib/store/curves';
import type { Feed } from '@/lib/store/feed';
import { joinBytes } from '@/lib/util/join';

const SIDE = 640;

/** What the run has shown, as a folder for TensorBoard: losses and metrics over iterations, the latest pictures. */
export async function saveEvents(stem: string, feed: Feed, iteration: number): Promise<void> {
  const now = Date.now() / 1000;
  /** Losses are known by the iteration that they are of, the rest by how many were made. */
  const curves = (of: Curves, later: number, tagOf: (series: string) => string) =>
    of.names().flatMap((series) => {
      const { iterations, values } = of.curve(series);
      return Array.from(iterations, (at, i) =>
        scalarEvent(now, at + later, { [tagOf(series)]: values[i] as number }),
      );
    });
  const pictures = [...feed.results().pictures].map(async ([view, picture]) =>
    imageEvent(now, iteration, view, { width: SIDE, height: SIDE, png: await pngOf(picture) }),
  );
  const events = joinBytes([
    versionEvent(now),
    ...curves(feed.losses, 1, (series) => `loss/${series}`),
    ...curves(feed.metrics, 0, (series) => series.replace(/\.([^.]*)$/, '/$1')),
    ...(await Promise.all(pictures)),
  ]);
  const zip = zipSync({ [`${stem}/${eventFileName(now)}`]: events });
  downloadFile(`${stem}-tensorboard.zip`, zip, 'application/zip');
}

async function pngOf(picture: Picture): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d');
  if (context) drawPicture(context, picture, { width: SIDE, height: SIDE }, lightTheme);
  return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
}
