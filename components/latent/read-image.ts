/** An image file as a sample of these dims, cropped around its middle: row-major, in [-1, 1]. */
export async function readImage(
  file: Blob,
  [height, width, channels]: readonly [number, number, number],
): Promise<Float32Array> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.max(width / bitmap.width, height / bitmap.height);
  const [w, h] = [bitmap.width * scale, bitmap.height * scale];
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to draw on.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, (width - w) / 2, (height - h) / 2, w, h);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return Float32Array.from({ length: height * width * channels }, (_, i) => {
    const pixel = 4 * Math.floor(i / channels);
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel, pixel + 3);
    const value = channels === 1 ? 0.299 * red + 0.587 * green + 0.114 * blue : [red, green, blue][i % 3];
    return (value ?? 0) / 127.5 - 1;
  });
}
