import type { Browser, Page } from 'playwright';

/** What is done to a page and read from it, the same on both sides where it can be. */
export interface FrameTimes {
  /** Milliseconds between frames. */
  readonly median: number;
  readonly p95: number;
  readonly count: number;
  /** Milliseconds that each frame took of the processor on the page's main thread: other programs do not change it. */
  readonly busy: { readonly median: number; readonly p95: number };
}

async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // What tsx compiles functions to calls this by name, and it is not in the page.
  await page.addInitScript('globalThis.__name = (value) => value');
  return page;
}

export async function openOurs(browser: Browser, url: string): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(`${url}/edit?new`);
  await page.locator('.react-flow__pane').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1_000);
  return page;
}

export async function openPeer(browser: Browser, url: string): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(url);
  await page.waitForFunction(() => 'openGraph' in window);
  await page.waitForTimeout(500);
  return page;
}

/** Milliseconds from the text being handed over until every card and wire in view is painted. */
export function timeOpening(page: Page, side: 'ours' | 'peer', text: string, nodes: number, wires: number) {
  return page.evaluate(
    async ([which, document_, cards, edges]) => {
      const isPainted = () => {
        const drawn = document.querySelector<HTMLElement>('canvas[data-drawn]');
        if (which === 'ours' && Number(drawn?.dataset.drawn ?? 0) >= cards) return true;
        const all = document.querySelectorAll<HTMLElement>('.react-flow__node');
        const [first, last] = [all[0], all[all.length - 1]];
        return (
          all.length >= cards &&
          first?.style.visibility === 'visible' &&
          last?.style.visibility === 'visible' &&
          document.querySelectorAll('.react-flow__edge').length >= edges
        );
      };
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      await frame();
      const start = performance.now();
      if (which === 'peer') (window as unknown as { openGraph(text: string): void }).openGraph(document_);
      else {
        const transfer = new DataTransfer();
        transfer.items.add(new File([document_], 'graph.json'));
        document.body.dispatchEvent(
          new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
      }
      while (!isPainted()) {
        await frame();
        if (performance.now() - start > 120_000) throw new Error('Not painted within two minutes.');
      }
      // The next frame begins once this one has been painted.
      await frame();
      return performance.now() - start;
    },
    [side, text, nodes, wires] as const,
  );
}

/** Drags from a point by steps, one per frame, and gives the time between frames meanwhile. */
export async function timeGesture(
  page: Page,
  from: readonly [number, number],
  step: (i: number) => readonly [number, number],
  steps = 120,
): Promise<FrameTimes> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.evaluate(() => {
    const record = { times: [] as number[], isOn: true };
    Object.assign(window, { frameRecord: record });
    const tick = (time: number) => {
      record.times.push(time);
      if (record.isOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const browser = page.context().browser();
  await browser?.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  for (let i = 1; i <= steps; i++) {
    const [x, y] = step(i);
    await page.mouse.move(from[0] + x, from[1] + y);
    await page.waitForTimeout(8);
  }
  const times = await page.evaluate(() => {
    const { frameRecord } = window as unknown as { frameRecord: { times: number[]; isOn: boolean } };
    frameRecord.isOn = false;
    return frameRecord.times;
  });
  const trace = await browser?.stopTracing();
  await page.mouse.up();
  const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
  return { ...quantiles(gaps), count: gaps.length, busy: quantiles(busyPerFrame(trace)) };
}

function quantiles(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95) };
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: when it began, how long it took, and how long on the processor. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The processor's milliseconds of the main thread's tasks that ended between one frame and the next. */
function busyPerFrame(trace: Buffer | undefined): number[] {
  if (!trace) return [];
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const frames = traceEvents.filter(({ name }) => name === 'FireAnimationFrame').sort((a, b) => a.ts - b.ts);
  const main = frames[0] && threadOf(frames[0]);
  const tasks = traceEvents
    .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && threadOf(event) === main)
    .map(({ ts, dur = 0, tdur = 0 }) => ({ end: ts + dur, took: tdur / 1000 }))
    .sort((a, b) => a.end - b.end);
  const busy: number[] = [];
  let next = 0;
  for (const { ts } of frames) {
    let sum = 0;
    for (let task = tasks[next]; task && task.end <= ts; task = tasks[++next]) sum += task.took;
    busy.push(sum);
  }
  return busy.slice(1);
}

/** Where a node of the document is on the screen, by the transform of React Flow's viewport. */
export function onScreen(page: Page, at: readonly [number, number]): Promise<[number, number]> {
  return page.evaluate(([x, y]): [number, number] => {
    const flow = document.querySelector('.react-flow')?.getBoundingClientRect();
    const view = document.querySelector<HTMLElement>('.react-flow__viewport');
    const matrix = new DOMMatrix(view?.style.transform);
    return [(flow?.x ?? 0) + matrix.e + matrix.a * x, (flow?.y ?? 0) + matrix.f + matrix.d * y];
  }, at);
}
