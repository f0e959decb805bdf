import { expect, test } from 'vitest';
import { reasonOf } from './reason-of';

test('a full storage is said in words, where the browser has none', () => {
  expect(reasonOf(new DOMException('', 'QuotaExceededError'))).toBe('its storage is full');
  expect(reasonOf(new DOMException('', 'AbortError'))).toBe('AbortError');
  expect(reasonOf(new DOMException('no room', 'QuotaExceededError'))).toBe('no room');
  expect(reasonOf('gone')).toBe('gone');
});
