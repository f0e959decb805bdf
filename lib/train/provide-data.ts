import { neededData } from '@/lib/compile/needed-data';
import type { Plan } from '@/lib/compile/plan';
import { forgetOthers, isProvided, MissingData, provideSet } from '@/lib/data/files/import-source';
import { prepareSet } from '@/lib/data/files/prepared-set';
import { openKept } from '@/lib/data/import/kept-data';

/** Has at hand what a game draws from of the files that this browser keeps, and nothing else; throws MissingData. */
export async function provideKeptData(plan: Plan): Promise<void> {
  const needed = neededData(plan);
  forgetOthers(needed);
  for (const { id, options } of needed) {
    if (isProvided(id, options)) continue;
    const contents = await openKept(id, options);
    if (!contents) throw new MissingData(options);
    provideSet(id, options, prepareSet(contents, options));
  }
}
