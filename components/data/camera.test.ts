import { expect, test } from 'vitest';
import { pictureName, sayCamera } from './camera';

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
