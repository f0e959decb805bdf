import type { ZoomStore } from '@/components/canvas/live';
import { needed } from '@/components/ui/missing';
import { readied } from '@/components/ui/ready';
import type { drawPicture } from '@/lib/draw/draw-picture';
import { firstLook, type Look, turned } from '@/lib/draw/look';
import type { Picture } from '@/lib/draw/picture';
import { darkTheme, lightTheme } from '@/lib/draw/theme';
import { type Axes, wholeOf } from '@/lib/draw/zoom';
import { playFrames } from './play-frames';
import { turnByHand } from './turn-by-hand';
import { zoomByHand } from './zoom-by-hand';

/** What a canvas shows before a run has sent anything. */
const nothing: Picture = { type: 'empty', message: 'Press play to see samples' };

/** Fetched for the first picture: the page is there before it. */
let draw: typeof drawPicture | undefined;
const importDrawing = readied(() => import('@/lib/draw/draw-picture'));
let drawing: Promise<void> | undefined;
function loadDrawing(): Promise<void> {
  drawing ??= needed('The drawing of samples', importDrawing).then((module) => {
    draw = module.drawPicture;
  });
  return drawing;
}

/** Canvases on a zoomed board are shown larger than they are laid out. */
const SHARPEST = 2;

/**
 * Keeps a canvas drawn: the newest picture, once per animation frame, again at another size, resolution or
 * theme, turned, or in part. Gives a function that ends it.
 */
export function paintPictures(
  canvas: HTMLCanvasElement,
  subscribe: (listener: (picture: Picture | undefined) => void) => () => void,
  zoom?: ZoomStore,
): () => void {
  const context = canvas.getContext('2d');
  if (!context) return () => {};
  let picture: Picture | undefined;
  let look = firstLook;
  let moved: Picture['type'] | undefined;
  let endMoving = () => {};
  let waiting = 0;
  let isOver = false;
  let axes: Axes | undefined;

  const paint = () => {
    waiting = 0;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0 || height === 0) return;
    if (!draw) {
      void loadDrawing().then(request);
      return;
    }
    const scale = Math.max(SHARPEST, window.devicePixelRatio);
    const pixels = [Math.round(width * scale), Math.round(height * scale)] as const;
    if (canvas.width !== pixels[0]) canvas.width = pixels[0];
    if (canvas.height !== pixels[1]) canvas.height = pixels[1];
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const isDark = document.documentElement.dataset.theme === 'dark';
    const part = zoom?.getState().part;
    const shown = part ? { ...look, part } : look;
    axes = draw(context, picture ?? nothing, { width, height }, isDark ? darkTheme : lightTheme, shown);
  };
  const request = () => {
    if (!isOver) waiting ||= requestAnimationFrame(paint);
  };

  const change = (next: Partial<Look>) => {
    look = { ...look, ...next };
    request();
  };
  /** Volumes are turned, videos played. */
  const follow = () => {
    if (picture?.type === moved) return;
    endMoving();
    moved = picture?.type;
    endMoving = startMoving();
  };
  const startMoving = () => {
    if (moved === 'volumes')
      return turnByHand(canvas, (byYaw, byPitch) => change({ pose: turned(look.pose, byYaw, byPitch) }));
    if (moved === 'videos') return playFrames(() => change({ frame: look.frame + 1 }));
    return () => {};
  };

  const sizes = new ResizeObserver(request);
  sizes.observe(canvas);
  const themes = new MutationObserver(request);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const endZoom = zoom && zoomByHand(canvas, zoom, () => axes);
  const endWindow = zoom?.subscribe((state, before) => {
    if (state.part !== before.part) request();
  });
  const unsubscribe = subscribe((next) => {
    picture = next;
    zoom?.setState({ whole: wholeOf(picture) });
    follow();
    request();
  });
  return () => {
    isOver = true;
    endMoving();
    endZoom?.();
    endWindow?.();
    unsubscribe();
    sizes.disconnect();
    themes.disconnect();
    cancelAnimationFrame(waiting);
  };
}
