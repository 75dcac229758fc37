import { describe, expect, it } from '@jest/globals';
import { ShortLabels } from './page/short-labels.js';

describe('the names in the map', () => {
  it('are cut where there is no room, with an ellipsis, and stay as they are where there is', () => {
    const labels = new ShortLabels();
    const width = (text: string) => text.length;
    expect(labels.fit('Night safari', 12, width)).toBe('Night safari');
    expect(labels.fit('Night safari', 8, width)).toBe('Night s…');
    expect(labels.fit('Night safari', 10, width)).toBe('Night saf…');
  });

  it('are measured once while the room is the same', () => {
    const labels = new ShortLabels();
    let measured = 0;
    const width = (text: string) => {
      measured++;
      return text.length;
    };
    labels.fit('Night safari', 8, width);
    const once = measured;
    labels.fit('Night safari', 8, width);
    expect(measured).toBe(once);
  });
});
