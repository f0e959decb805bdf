import { expect, test } from 'vitest';
import { backendNames, backends } from './backend-name';

test.each(backendNames)('what %s falls back to is another backend, JavaScript last', (name) => {
  const list = backends[name].fallbacks;
  expect(list).not.toContain(name);
  expect(new Set(list).size).toBe(list.length);
  if (name !== 'cpu') expect(list.at(-1)).toBe('cpu');
});
