import { expect, test } from 'vitest';
import { createSessionStore } from './session';

test('selecting what is selected notifies nobody', () => {
  const store = createSessionStore();
  store.select(['a', 'b'], ['w']);
  let calls = 0;
  store.subscribe(() => calls++);
  store.select(['b', 'a'], ['w']);
  expect(calls).toBe(0);
  store.select(['a'], ['w']);
  expect([...store.getState().selection]).toEqual(['a']);
  expect(calls).toBe(1);
});

test('selecting nodes lets go of wires', () => {
  const store = createSessionStore();
  store.select([], ['w']);
  store.select(['a']);
  expect(store.getState().wires.size).toBe(0);
});

test('toggling adds, then removes', () => {
  const store = createSessionStore();
  store.toggle('a');
  store.toggle('b');
  store.toggle('a');
  expect([...store.getState().selection]).toEqual(['b']);
});

test('reset gives back the start, and leaves the panels as they are', () => {
  const store = createSessionStore({ thetaWires: false });
  store.select(['a']);
  store.setPanel('palette', false);
  store.setState({ highlighted: 'G' });
  store.reset();
  expect(store.getState()).toMatchObject({ highlighted: undefined, thetaWires: false });
  expect(store.getState().panels.palette).toBe(false);
  expect(store.getState().selection.size).toBe(0);
});

test('a repeated announcement is a new one', () => {
  const store = createSessionStore();
  store.announce('Undone');
  const first = store.getState().announcement;
  store.announce('Undone');
  expect(store.getState().announcement).not.toEqual(first);
});
