import { expect, test } from 'vitest';
import { type Action, findAction, formatKeys, matchesKeys } from './actions';

const press = (
  key: string,
  modifiers: { ctrl?: boolean; meta?: boolean; shift?: boolean; alt?: boolean } = {},
) => ({
  key,
  ctrlKey: modifiers.ctrl ?? false,
  metaKey: modifiers.meta ?? false,
  shiftKey: modifiers.shift ?? false,
  altKey: modifiers.alt ?? false,
});

test.each([
  [press('z', { ctrl: true }), 'Mod+Z', false, true],
  [press('z', { meta: true }), 'Mod+Z', true, true],
  [press('z', { meta: true }), 'Mod+Z', false, false],
  [press('Z', { ctrl: true, shift: true }), 'Mod+Z', false, false],
  [press('Z', { ctrl: true, shift: true }), 'Shift+Mod+Z', false, true],
  [press(' '), 'Space', false, true],
  [press('?', { shift: true }), '?', false, true],
  [press('/'), '/', false, true],
  [press('z', { ctrl: true, alt: true }), 'Mod+Z', false, false],
  [press('Delete'), 'Delete', false, true],
  [press('+'), '+', false, true],
  [press('+', { shift: true }), '+', false, true],
  [press('a'), '+', false, false],
])('%j is %s (on a Mac: %s): %s', (event, keys, mac, expected) => {
  expect(matchesKeys(event, keys, mac)).toBe(expected);
});

test('an action that cannot be done now does not catch its keys, and native ones never do', () => {
  const action = (id: string, rest: Partial<Action>): Action => ({
    id,
    label: id,
    group: 'Edit',
    keys: ['Mod+C'],
    run: () => {},
    ...rest,
  });
  const actions = [
    action('disabled', { enabled: () => false }),
    action('native', { native: true }),
    action('free', {}),
  ];
  expect(findAction(actions, press('c', { ctrl: true }), false)?.id).toBe('free');
});

test('keys read as the machine writes them', () => {
  expect(formatKeys('Shift+Mod+Z', true)).toBe('⇧⌘Z');
  expect(formatKeys('Shift+Mod+Z', false)).toBe('Shift+Ctrl+Z');
});
