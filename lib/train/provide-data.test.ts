import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Plan } from '@/lib/compile/plan';
import { importOptions } from '@/lib/data/files/import-options';
import { isProvided } from '@/lib/data/files/import-source';
import { keepData } from '@/lib/data/import/kept-data';
import { dataset } from '@/lib/nodes/sources/dataset';
import { provideKeptData } from './provide-data';

const id = `import:${'a'.repeat(64)}`;
const options = importOptions.parse({ name: 'a.csv', rows: 2, shape: [1], x: ['a'] });
const set = { values: Float64Array.of(1, 2) };
const contents = { arrays: [{ name: 'a', dims: [2], ...set, whole: true }], notes: [] };
const planOf = (given: object) =>
  ({ game: [{ id: 'data', kind: 'dataset', params: dataset.params.parse(given) }] }) as unknown as Plan;

test('a run gets what this browser keeps of the files that it needs, and no longer what it does not', async () => {
  const plan = planOf({ source: id, options });
  await expect(provideKeptData(plan)).rejects.toThrow(
    'the file a.csv (2 rows) is needed, and is not at hand',
  );
  await keepData(id, options, contents, set);
  await provideKeptData(plan);
  expect(isProvided(id, options)).toBe(true);
  await provideKeptData(planOf({ source: 'ring', options: {} }));
  expect(isProvided(id, options)).toBe(false);
});
