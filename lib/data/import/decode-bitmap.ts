import { withoutExif } from '../files/image-head';
import type { DecodeImage } from '../files/images';

/** The browser's own decoder, in a worker. Colours are those of the file, whatever its profile; a bitmap is closed at once. */
export function createDecoder(): DecodeImage {
  let context: OffscreenCanvasRenderingContext2D | null | undefined;
  return async (bytes) => {
    // Tables need none, and an old browser has none.
    context ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('this browser gives no canvas');
    const { canvas } = context;
    const bitmap = await createImageBitmap(new Blob([withoutExif(bytes) as Uint8Array<ArrayBuffer>]), {
      colorSpaceConversion: 'none',
    });
    const { width, height } = bitmap;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    // In the place of what was there, transparent pixels too.
    context.globalCompositeOperation = 'copy';
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return { width, height, values: context.getImageData(0, 0, width, height).data };
  };
}
