/// <reference lib="webworker" />
import { answer, failed, type Request, type Side, type SideConfig } from '../sides/side';

declare const self: DedicatedWorkerGlobalScope;

type FromPage = { readonly type: 'start'; readonly config: SideConfig; readonly document: unknown } | Request;

/** Binds a side to a worker's messages: one answer to each. */
export function serve(create: (config: SideConfig, document: unknown) => Promise<Side>): void {
  let side: Side | undefined;
  let slowdown: number | undefined;
  self.onmessage = async ({ data }: MessageEvent<FromPage>) => {
    if (data.type === 'start') {
      slowdown = data.config.slowdown;
      try {
        side = await create(data.config, data.document);
        self.postMessage({ type: 'ready' });
      } catch (error) {
        self.postMessage(failed(error));
      }
    } else if (side) self.postMessage(await answer(side, data, slowdown));
  };
}
