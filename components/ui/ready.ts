import { whenIdle } from './when-idle';

/**
 * Code that is fetched apart is fetched before it is wanted, one piece after another while the page is idle, so that
 * the page goes on when server or network are gone.
 */
type Load = () => Promise<unknown>;

const waiting: Load[] = [];
let isStarted = false;
let isBusy = false;
const AT_MOST_MS = 2_000;
/** A mark in the browser's timeline, each time that nothing is left to fetch. */
const DONE = 'ganvas-code-ready';

/** The same loader, which is also called once the page is at rest. */
export function readied<L extends Load>(load: L): L {
  waiting.push(load);
  if (isStarted) goOn();
  return load;
}

/** From now on what waits is fetched. */
export function startReadying(): void {
  isStarted = true;
  goOn();
}

function goOn(): void {
  if (isBusy) return;
  isBusy = true;
  whenIdle(fetchNext, AT_MOST_MS);
}

function fetchNext(): void {
  const load = waiting.shift();
  const end = () => {
    isBusy = false;
    if (waiting.length > 0) goOn();
    else performance.mark(DONE);
  };
  // What cannot be fetched now says so where it is wanted.
  if (load) load().then(end, end);
  else end();
}
