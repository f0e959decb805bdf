/**
 * What drawing needs of a 2-D context: a page's canvas, an OffscreenCanvas and a canvas of Node all have it.
 * Transforms may scale and move, not turn.
 */
export interface DrawContext2D {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  lineCap: CanvasLineCap;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  save(): void;
  restore(): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, start: number, end: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  clip(): void;
  fill(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  setLineDash(segments: number[]): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  getTransform(): { readonly a: number; readonly d: number; readonly e: number; readonly f: number };
  createImageData(width: number, height: number): PixelData;
  putImageData(data: PixelData, x: number, y: number): void;
}

/** ImageData, of whichever canvas. */
interface PixelData {
  readonly width: number;
  readonly height: number;
  // biome-ignore lint/suspicious/noExplicitAny: canvases of page and Node differ in the array's buffer only
  readonly data: any;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Box {
  readonly x: number;
  readonly y: number;
}
