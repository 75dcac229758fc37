import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DayHeap } from './heap.js';

describe('the heap of days', () => {
  it('always has the smallest key first, however days are set, moved and removed', () => {
    const step = fc.record({ day: fc.nat({ max: 30 }), key: fc.integer({ min: 0, max: 100 }), remove: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const heap = new DayHeap(31);
        const keys = new Map<number, number>();
        for (const { day, key, remove } of steps) {
          if (remove) {
            heap.remove(day);
            keys.delete(day);
          } else {
            heap.set(day, key);
            keys.set(day, key);
          }
          const first = heap.first();
          expect(first?.key).toBe(keys.size > 0 ? Math.min(...keys.values()) : undefined);
          if (first) expect(keys.get(first.day)).toBe(first.key);
        }
      }),
    );
  });
});
