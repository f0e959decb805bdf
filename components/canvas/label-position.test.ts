import { describe, expect, it } from 'vitest';
import { labelShare, pointOn } from './label-position';

describe('the label of a wire', () => {
  const [start, end] = [[0, 0] as const, [400, 100] as const];

  it('lies on the wire: its ends, and halfway the middle', () => {
    expect(pointOn(start, end, 0)).toEqual([0, 0]);
    expect(pointOn(start, end, 1)).toEqual([400, 100]);
    expect(pointOn(start, end, 0.5)).toEqual([200, 50]);
  });

  it('stands in the middle where nothing is in the way', () => {
    expect(labelShare(start, end, '[2]', [])).toBe(0.5);
    expect(labelShare(start, end, '[2]', [{ x: 180, y: 80, width: 40, height: 40 }])).toBe(0.5);
  });

  it('makes way for a card, as little as it must', () => {
    expect(labelShare(start, end, '[2]', [{ x: 190, y: 20, width: 60, height: 60 }])).toBe(0.4);
    expect(labelShare(start, end, '[2]', [{ x: 120, y: 0, width: 100, height: 90 }])).toBe(0.6);
  });

  it('has no place where cards are everywhere', () => {
    expect(labelShare(start, end, '[2]', [{ x: -100, y: -100, width: 900, height: 900 }])).toBeUndefined();
  });
});
