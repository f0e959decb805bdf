import { expect, test } from 'vitest';
import { backendNames, fallbacks } from './backend-name';

test.each(backendNames)('what %s falls back to is another backend, JavaScript last', (name) => {
  const list = fallbacks[name];
  expect(list).not.toContain(name);
  expect(new Set(list).size).toBe(list.length);
  if (name !== 'cpu') expect(list.at(-1)).toBe('cpu');
});
