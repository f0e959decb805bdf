/** Narrower than this, side panels lie over the canvas and start closed. Style sheets have the same widths. */
export const NARROW = '(max-width: 1000px)';
/**
 * Narrower than this, the inspector lies over the canvas and is there only for what is selected, and the palette gives
 * way to a document that needs its room.
 */
export const MEDIUM = '(max-width: 1599px)';

/** Panels stand beside the canvas, and give way. */
export const isMedium = (): boolean =>
  window.matchMedia(MEDIUM).matches && !window.matchMedia(NARROW).matches;
