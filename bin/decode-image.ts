import { isCutOff, withoutExif } from '@/lib/data/files/image-head';
import type { DecodeImage } from '@/lib/data/files/images';
import { canvasPackage } from './canvas-package';

/** Undefined where the optional package is not installed. */
export const decodeImage: DecodeImage | undefined = canvasPackage && decodeBy(canvasPackage);

function decodeBy({ createCanvas, loadImage }: NonNullable<typeof canvasPackage>): DecodeImage {
  return async (bytes) => {
    if (isCutOff(bytes)) throw new Error('it ends too early');
    const image = await loadImage(withoutExif(bytes));
    const { width, height } = image;
    const context = createCanvas(width, height).getContext('2d');
    context.drawImage(image, 0, 0);
    return { width, height, values: context.getImageData(0, 0, width, height).data };
  };
}
