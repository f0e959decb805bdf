import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Picture } from '@/lib/draw/picture';
import { eventFileName, imageEvent, scalarEvent, versionEvent } from '@/lib/export/tensorboard';
import type { LossCurves } from '@/lib/train/losses';
import type { MetricValues } from '@/lib/train/observe';
import { joinBytes } from '@/lib/util/join';
import { noPictures, pngOf } from './picture';

/** A run as TensorBoard reads it, written while it goes. */
interface EventFile {
  losses(losses: LossCurves): void;
  metrics(iteration: number, values: MetricValues): void;
  pictures(iteration: number, pictures: { readonly [view: string]: Picture }): void;
}

const SIDE = 640;

/** Of a name that says a second: a run that goes on in the second in which another began has the next one. */
function freePath(folder: string, seconds: number): string {
  const path = join(folder, eventFileName(seconds));
  return existsSync(path) ? freePath(folder, seconds + 1) : path;
}

/** A new file in the folder: TensorBoard joins those of a run that went on. `attempt` hears of what cannot be written. */
export function createEventFile(folder: string, attempt: (write: () => void) => void): EventFile {
  const seconds = () => Date.now() / 1000;
  mkdirSync(folder, { recursive: true });
  const path = freePath(folder, seconds());
  writeFileSync(path, versionEvent(seconds()));
  const add = (events: readonly Uint8Array[]) => attempt(() => appendFileSync(path, joinBytes(events)));
  return {
    losses(losses) {
      const events = Object.entries(losses).flatMap(([player, { iterations, values }]) =>
        iterations.flatMap((iteration, i) =>
          // Of several updates in an iteration the last one stands for it. A step is what has been made then.
          iterations[i + 1] === iteration
            ? []
            : [scalarEvent(seconds(), iteration + 1, { [`loss/${player}`]: values[i] as number })],
        ),
      );
      add(events);
    },
    metrics(iteration, values) {
      for (const [metric, results] of Object.entries(values)) {
        const tagged = Object.entries(results).map(([name, value]) => [`${metric}/${name}`, value] as const);
        add([scalarEvent(seconds(), iteration, Object.fromEntries(tagged))]);
      }
    },
    pictures(iteration, pictures) {
      if (noPictures) return;
      for (const [view, picture] of Object.entries(pictures)) {
        const png = new Uint8Array(pngOf(picture, SIDE, SIDE));
        add([imageEvent(seconds(), iteration, view, { width: SIDE, height: SIDE, png })]);
      }
    },
  };
}
