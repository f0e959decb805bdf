/**
 * Notices a worker that has gone silent without a word: ended by the browser, or stuck in a driver. It is asked
 * for a sign of life, and any message is one; between updates a worker answers at once. What counts is time in
 * which the page was there to hear: a hidden page, a sleeping machine or a page that was held up itself does not
 * count against the worker.
 */
interface WatchdogOptions {
  /** Asks for a sign of life. */
  readonly ping: () => void;
  /** Milliseconds of silence that are too long, given the longest silence that ended so far. */
  readonly limit: (longest: number) => number;
  readonly lose: (silenceMs: number) => void;
  readonly isHidden: () => boolean;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

interface Watchdog {
  /** Something was asked of the worker: watch until it has answered, and as long as it trains. */
  watch(): void;
  /** A message came. `isBusy`: more are to come. */
  heard(isBusy: boolean): void;
  /** Another run, or another worker: nothing is known of its pace. */
  restart(): void;
  end(): void;
}

/** Milliseconds between looks. */
const LOOK_EVERY = 1_000;
/** Looks that come later than this were held up, by the page or the machine. */
const HELD_UP = 3_000;

export function createWatchdog(options: WatchdogOptions): Watchdog {
  const { ping, limit, lose, isHidden, clock } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lookedAt = 0;
  let silence = 0;
  let longest = 0;
  let isAsked = false;

  const end = () => {
    clearTimeout(timer);
    timer = undefined;
    silence = 0;
    isAsked = false;
  };

  function look(): void {
    const passed = clock() - lookedAt;
    if (!isHidden() && passed < HELD_UP) silence += passed;
    if (silence > limit(longest)) {
      const lasted = silence;
      end();
      lose(lasted);
      return;
    }
    if (!isAsked) ping();
    isAsked = true;
    schedule();
  }

  function schedule(): void {
    lookedAt = clock();
    timer = setTimeout(look, LOOK_EVERY);
  }

  return {
    watch() {
      if (timer === undefined) schedule();
    },
    heard(isBusy) {
      longest = Math.max(longest, silence);
      silence = 0;
      isAsked = false;
      if (!isBusy) end();
    },
    restart() {
      end();
      longest = 0;
    },
    end,
  };
}
