import { expect, it } from 'vitest';
import { splitMessage } from './split-message';

it('finds the id, or the title with the id, as a whole word', () => {
  expect(splitMessage('adam-d has no loss.', { id: 'adam-d' })).toEqual(['', ' has no loss.']);
  expect(splitMessage('Nothing reads G(z) (fake).', { id: 'fake', title: 'G(z)' })).toEqual([
    'Nothing reads ',
    '.',
  ]);
});

it('does not take a part of another word for the name', () => {
  expect(splitMessage('adam-d has no loss; d has.', { id: 'd' })).toEqual(['adam-d has no loss; ', ' has.']);
  expect(splitMessage('Dense gives [100].', { id: 'dense' })).toBeUndefined();
});
