import { createFingers } from '@/components/canvas/fingers';
import type { ZoomStore } from '@/components/canvas/live';
import { type Axes, panned, zoomedAt } from '@/lib/draw/zoom';

/** How much nearer a pixel of the wheel leads. */
const PER_PIXEL = 0.002;
/** Pixels, lines and pages of the wheel, in pixels. */
const UNITS = [1, 16, 400];
const PINCHED = 10;

/** The wheel zooms what a canvas shows, drags move it, two fingers do both. Gives a function that ends it. */
export function zoomByHand(
  canvas: HTMLCanvasElement,
  zoom: ZoomStore,
  axes: () => Axes | undefined,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const fingers = createFingers();

  /** In the picture's own units. */
  function placeOf([x, y]: readonly [x: number, y: number], { plot, across, up = [0, 1] }: Axes) {
    const { left, top } = canvas.getBoundingClientRect();
    const shares = [(x - left - plot.x) / plot.width, 1 - (y - top - plot.y) / plot.height] as const;
    return [across[0] + shares[0] * (across[1] - across[0]), up[0] + shares[1] * (up[1] - up[0])] as const;
  }

  function change(
    factor: number,
    at: readonly [x: number, y: number],
    moved: readonly [x: number, y: number],
  ) {
    const [drawn, { part, whole }] = [axes(), zoom.getState()];
    if (!drawn || !whole) return;
    const { plot } = drawn;
    const nearer = zoomedAt(part ?? whole, whole, factor, placeOf(at, drawn));
    zoom.setState({ part: panned(nearer, whole, -moved[0] / plot.width, moved[1] / plot.height) });
  }

  canvas.addEventListener(
    'wheel',
    (event) => {
      if (!zoom.getState().whole) return;
      event.preventDefault();
      event.stopPropagation();
      // Two fingers on a trackpad come as a wheel that turns a little, with Ctrl.
      const pixels = event.deltaY * (UNITS[event.deltaMode] ?? 1) * (event.ctrlKey ? PINCHED : 1);
      change(Math.exp(-PER_PIXEL * pixels), [event.clientX, event.clientY], [0, 0]);
    },
    { signal, passive: false },
  );
  canvas.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || !zoom.getState().whole) return;
      canvas.setPointerCapture(event.pointerId);
      fingers.put(event.pointerId, [event.clientX, event.clientY]);
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      const to = [event.clientX, event.clientY] as const;
      const move = fingers.move(event.pointerId, to);
      if (move?.pinch) change(move.pinch.factor, move.pinch.around, [0, 0]);
      else if (move) change(1, to, move.moved);
    },
    { signal },
  );
  for (const type of ['pointerup', 'pointercancel'] as const)
    canvas.addEventListener(type, ({ pointerId }) => fingers.lift(pointerId), { signal });
  canvas.style.touchAction = 'none';
  return () => {
    listening.abort();
    canvas.style.touchAction = '';
  };
}
