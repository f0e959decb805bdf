import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { countClasses, pictureName, sayCamera, zipPictures } from './camera';

test('pictures of a burst lie in the folder of its class', () => {
  expect(pictureName('', 3)).toBe('0003.jpg');
  expect(pictureName(' my cat ', 12)).toBe('my cat/0012.jpg');
  expect(pictureName('../../x', 0)).toBe('______x/0000.jpg');
});

test('every way to have no camera has its own sentence', () => {
  const said = ['NotAllowedError', 'NotFoundError', 'NotReadableError'].map((name) =>
    sayCamera(new DOMException('', name)),
  );
  expect(new Set([...said, sayCamera(undefined)]).size).toBe(4);
  expect(sayCamera(new TypeError('odd'))).toBe('The camera cannot be used: odd');
});

test('pictures are one file, equal whenever it is made', async () => {
  const files = ['a/0000.jpg', 'a/0002.jpg', '0001.jpg'].map((name, i) => ({
    name,
    file: new Blob([Uint8Array.of(i)]),
  }));
  const bytesOf = async () => new Uint8Array(await (await zipPictures(files)).arrayBuffer());
  const bytes = await bytesOf();
  expect(unzipSync(bytes)).toEqual({
    'a/0000.jpg': Uint8Array.of(0),
    'a/0002.jpg': Uint8Array.of(1),
    '0001.jpg': Uint8Array.of(2),
  });
  expect(await bytesOf()).toEqual(bytes);
  expect([...countClasses(files)]).toEqual([
    ['a', 2],
    ['', 1],
  ]);
});
