import { expect, test } from 'vitest';
import { refKey } from '@/lib/compile/tf/tasks';
import { generatedBy } from './sample-set';
import { loadExample, planOf } from './testing/train';

/** Documents that show fakes, that show pairs alone, and that make nothing. */
test.each([
  ['gan-lab', ['fake.x']],
  ['bigan-glyphs', ['fake.image', 'again.image']],
  ['pix2pix', ['fake.b']],
  ['linear-vae', []],
] as const)('what %s makes is what its views show, else what is made of noise, then of pairs', (id, made) => {
  expect(generatedBy(planOf(loadExample(id))).map(refKey)).toEqual(made);
});
