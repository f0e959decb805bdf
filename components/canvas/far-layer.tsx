import { useEffect, useMemo, useRef } from 'react';
import { useStoreApi } from 'reactflow';
import { useTheme } from '@/components/ui/theme';
import type { Box, Point } from '@/lib/layout/boxes';
import type { Layout } from '@/lib/layout/layout';
import { seen } from '@/lib/layout/shown';
import { drawFar, type FarPicture, readInk } from './draw-far';
import styles from './far-layer.module.css';
import { viewportOf } from './use-shown';

/** Beyond what is in view, so that panning a little moves the picture and draws nothing; in shares of the view. */
const MARGIN = 0.35;
/** The picture is scaled between these, and drawn anew beyond, or when the zoom has rested. */
const SHRUNK = 0.8;
const GROWN = 1.3;
const REST_MS = 120;

interface FarLayerProps {
  readonly layout: Layout;
  readonly selection: ReadonlySet<string>;
  /** What is being dragged, as React Flow has it: relative to its frame. */
  readonly moving: ReadonlyMap<number, Point>;
}

const still: ReadonlyMap<number, Point> = new Map();

/**
 * All cards and wires on two canvases under React Flow: one with what stands, drawn ahead of the view and moved
 * with it; one with what is dragged, drawn anew each time.
 */
export function FarLayer({ layout, selection, moving }: FarLayerProps) {
  const store = useStoreApi();
  const theme = useTheme();
  const base = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const movingKey = [...moving.keys()].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: which ones move matters to what stands, not how far
  const lifted = useMemo(() => (moving.size > 0 ? moving : still), [movingKey]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page
  useEffect(() => {
    const canvas = base.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const ink = readInk();
    let drawn: { readonly view: Box; readonly zoom: number } | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      const viewport = viewportOf(store.getState());
      if (viewport.width === 0) return;
      const view = seen(viewport, MARGIN * Math.min(viewport.width, viewport.height));
      const picture = { layout, selection, moving: lifted, only: 'still' } as const;
      canvas.dataset.drawn = String(drawOn(canvas, context, { ...picture, view, zoom: viewport.zoom }, ink));
      drawn = { view, zoom: viewport.zoom };
      follow();
    };
    const follow = () => {
      const viewport = viewportOf(store.getState());
      const grown = drawn ? viewport.zoom / drawn.zoom : Number.NaN;
      if (!drawn || grown < SHRUNK || grown > GROWN || !covers(drawn.view, seen(viewport), layout.bounds))
        return draw();
      clearTimeout(timer);
      if (grown !== 1) timer = setTimeout(draw, REST_MS);
      const x = drawn.view.x * viewport.zoom + viewport.x;
      const y = drawn.view.y * viewport.zoom + viewport.y;
      canvas.style.transform = `translate(${x}px, ${y}px) scale(${grown})`;
      return undefined;
    };
    draw();
    const stop = store.subscribe((state, before) => {
      if (state.width !== before.width || state.height !== before.height) draw();
      else if (state.transform !== before.transform) follow();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, layout, selection, lifted, theme]);

  useEffect(() => {
    const canvas = above.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    canvas.hidden = moving.size === 0;
    if (moving.size === 0) return;
    const ink = readInk();
    const draw = () => {
      const viewport = viewportOf(store.getState());
      const picture = { layout, selection, moving, only: 'moving', view: seen(viewport) } as const;
      drawOn(canvas, context, { ...picture, zoom: viewport.zoom }, ink);
    };
    draw();
    return store.subscribe((state, before) => {
      if (state.transform !== before.transform) draw();
    });
  }, [store, layout, selection, moving]);

  return (
    <>
      <canvas ref={base} className={styles.layer} aria-hidden />
      <canvas ref={above} className={styles.layer} aria-hidden hidden />
    </>
  );
}

function drawOn(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  { zoom, ...picture }: Omit<FarPicture, 'scale'> & { readonly zoom: number },
  ink: ReturnType<typeof readInk>,
): number {
  const ratio = Math.min(2, window.devicePixelRatio);
  const scale = zoom * ratio;
  const width = Math.ceil(picture.view.width * scale);
  const height = Math.ceil(picture.view.height * scale);
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
    Object.assign(canvas.style, { width: `${width / ratio}px`, height: `${height / ratio}px` });
  } else {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
  }
  return drawFar(context, { ...picture, scale }, ink);
}

/** Whether what was drawn holds all of the document that is in view. */
function covers(drawn: Box, view: Box, bounds: Box | undefined): boolean {
  if (!bounds) return true;
  const left = Math.max(view.x, bounds.x);
  const top = Math.max(view.y, bounds.y);
  const right = Math.min(view.x + view.width, bounds.x + bounds.width);
  const bottom = Math.min(view.y + view.height, bounds.y + bounds.height);
  const isOutside = right <= left || bottom <= top;
  return (
    isOutside ||
    (left >= drawn.x && top >= drawn.y && right <= drawn.x + drawn.width && bottom <= drawn.y + drawn.height)
  );
}
