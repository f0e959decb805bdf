import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { ensureChromium } from '../../scripts/chromium.mjs';
import { makeGraph } from './graph';
import { type FrameTimes, onScreen, openOurs, openPeer, timeGesture, timeOpening } from './pages';
import { type Served, serveApp, servePeer } from './serve';

/**
 * The canvas beside React Flow as it comes: time to open 1,000 and 10,000 nodes, each side in turn on a fresh
 * page, and time between frames while panning and dragging 10,000 nodes with a training running.
 * `npx tsx bench/canvas/run.ts [repeats]`.
 */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export interface Opening {
  readonly nodes: number;
  readonly wires: number;
  /** Milliseconds. */
  readonly ours: Spread;
  readonly peer: Spread;
  readonly ratio: number;
  readonly bar: number;
}

export interface Gesture {
  readonly side: 'ours' | 'peer';
  readonly what: string;
  /** The worst of its repeats by p95. */
  readonly frames: FrameTimes;
}

export interface CanvasResults {
  readonly openings: readonly Opening[];
  readonly gestures: readonly Gesture[];
}

const bars: readonly (readonly [number, number])[] = [
  [1_000, 0.25],
  [10_000, 0.15],
];

export async function benchCanvas(repeats = 5): Promise<CanvasResults> {
  const [app, peer] = [await serveApp(), await servePeer()];
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
  try {
    const openings: Opening[] = [];
    for (const [nodes, bar] of bars)
      openings.push(show(await compareOpening(browser, app, peer, nodes, bar, repeats)));
    const gestures = await timeGestures(browser, app, peer);
    return { openings, gestures };
  } finally {
    await browser.close();
    app.stop();
    peer.stop();
  }
}

async function compareOpening(
  browser: Browser,
  app: Served,
  peer: Served,
  nodes: number,
  bar: number,
  repeats: number,
): Promise<Opening> {
  const graph = makeGraph(nodes);
  const text = JSON.stringify(graph);
  const networks = new Set(graph.networks.map(({ id }) => id));
  // The peer draws no θ wires, of which there are two.
  const wires = graph.wires.filter(([from]) => !networks.has(from.split('.')[0] ?? '')).length;
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let repeat = -1; repeat < repeats; repeat++)
    for (const side of ['ours', 'peer'] as const) {
      const page = await (side === 'ours' ? openOurs(browser, app.url) : openPeer(browser, peer.url));
      const time = await timeOpening(page, side, text, nodes, wires);
      await page.close();
      if (repeat >= 0) times[side].push(time);
    }
  const [ours, theirs] = [spread(times.ours), spread(times.peer)];
  return { nodes, wires: graph.wires.length, ours, peer: theirs, ratio: ours.median / theirs.median, bar };
}

const NODES = 10_000;

/** Ours at two zooms, with a training; the peer, as a measure of the machine, panned only. */
async function timeGestures(browser: Browser, app: Served, peer: Served): Promise<Gesture[]> {
  const gestures: Gesture[] = [];
  const add = (side: Gesture['side'], what: string, frames: FrameTimes) => {
    gestures.push({ side, what, frames });
    console.log(
      `${side.padEnd(6)}${what.padEnd(40)}${frames.median.toFixed(1).padStart(7)} ms median${frames.p95.toFixed(1).padStart(8)} ms p95; of the processor ${frames.busy.median.toFixed(1)} and ${frames.busy.p95.toFixed(1)} ms  (${frames.count} frames)`,
    );
  };
  const graph = makeGraph(NODES);
  const text = JSON.stringify(graph);
  const page = await openOurs(browser, app.url);
  await timeOpening(page, 'ours', text, NODES, 0);
  await page.getByTestId('play').click();
  await page.waitForTimeout(8_000);
  const iteration = async () =>
    Number((await page.getByTestId('iteration').textContent())?.replaceAll(',', ''));
  const before = await iteration();
  const calls = graph.nodes.filter(({ kind, network }) => kind === 'call' && network === undefined);
  const loose = calls[Math.floor(calls.length / 2) + 25];
  if (!loose) throw new Error('No call stands in the field.');
  for (const zoom of ['whole', 'near'] as const) {
    if (zoom === 'near') await zoomTo(page, loose.at);
    const what = zoom === 'whole' ? 'zoomed out to fit' : 'at a zoom of about 1';
    await page.waitForTimeout(1_000);
    const spot = await onScreen(page, [loose.at[0] - 15, loose.at[1] + 75]);
    add('ours', `pan, ${what}`, await timeGesture(page, spot, sweep));
    await page.waitForTimeout(500);
    const [x, y] = await onScreen(page, [loose.at[0] + 45, loose.at[1] + 10]);
    add('ours', `drag a node, ${what}`, await timeGesture(page, [x, y], sweep));
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(1_500);
  }
  const after = await iteration();
  console.log(`meanwhile training went from iteration ${before} to ${after}`);
  if (!(after > before)) throw new Error('Training did not run while the canvas was moved.');
  await page.close();
  const naive = await openPeer(browser, peer.url);
  await timeOpening(naive, 'peer', text, NODES, 0);
  await naive.waitForTimeout(2_000);
  add('peer', 'pan, zoomed out to fit', await timeGesture(naive, [20, 20], sweep, 40));
  await naive.close();
  return gestures;
}

/** To and fro, some 12 pixels a frame. */
const sweep = (i: number): readonly [number, number] => [
  180 * Math.sin(i / 15) * Math.min(1, i / 10),
  -90 * Math.sin(i / 20) * Math.min(1, i / 10),
];

/** Turns the wheel over a place of the document until its cards can be read. */
async function zoomTo(page: Page, at: readonly [number, number]): Promise<void> {
  for (let turn = 0; turn < 60; turn++) {
    const zoom = await page.evaluate(
      () => new DOMMatrix(document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform).a,
    );
    if (zoom > 0.9) return;
    await page.mouse.move(...(await onScreen(page, at)));
    await page.mouse.wheel(0, -150);
    await page.waitForTimeout(60);
  }
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (i: number) => sorted[i] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  const median = (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
  return { median, low: at(0), high: at(sorted.length - 1) };
}

function show(opening: Opening): Opening {
  const { nodes, wires, ours, peer, ratio, bar } = opening;
  const text = ({ median, low, high }: Spread) =>
    `${median.toFixed(0)} ms (${low.toFixed(0)} to ${high.toFixed(0)})`;
  console.log(
    `open ${nodes} nodes, ${wires} wires: ours ${text(ours)}, React Flow ${text(peer)}, ratio ${ratio.toFixed(3)} (bar ${bar})`,
  );
  return opening;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const results = await benchCanvas(Number(process.argv[2] ?? 5));
  console.log(JSON.stringify(results, undefined, 2));
}
