/** Radians that a drag turns by per pixel, and an arrow key. */
const [PER_PIXEL, PER_KEY] = [0.01, 0.15];

const keys: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [PER_KEY, 0],
  ArrowRight: [-PER_KEY, 0],
  ArrowUp: [0, -PER_KEY],
  ArrowDown: [0, PER_KEY],
};

/** Drags and arrow keys turn what a canvas shows, and do nothing else there. Gives a function that ends it. */
export function turnByHand(
  canvas: HTMLCanvasElement,
  turn: (byYaw: number, byPitch: number) => void,
): () => void {
  const listening = new AbortController();
  const listen = <T extends 'pointerdown' | 'pointermove' | 'keydown'>(
    type: T,
    handle: (event: HTMLElementEventMap[T]) => void,
  ) => canvas.addEventListener(type, handle, { signal: listening.signal });
  listen('pointerdown', ({ pointerId, button }) => {
    if (button === 0) canvas.setPointerCapture(pointerId);
  });
  listen('pointermove', ({ pointerId, movementX, movementY }) => {
    if (canvas.hasPointerCapture(pointerId)) turn(-PER_PIXEL * movementX, PER_PIXEL * movementY);
  });
  listen('keydown', (event) => {
    const by = keys[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    turn(...by);
  });
  const { title, tabIndex } = canvas;
  canvas.title = 'Drag, or press arrow keys, to turn';
  canvas.tabIndex = 0;
  canvas.style.cursor = 'grab';
  canvas.style.touchAction = 'none';
  canvas.classList.add('nodrag', 'nopan');
  return () => {
    listening.abort();
    Object.assign(canvas, { title, tabIndex });
    canvas.style.cursor = canvas.style.touchAction = '';
    canvas.classList.remove('nodrag', 'nopan');
  };
}
