import { describe, expect, it } from '@jest/globals';
import { feedChange, type StoredChange } from '../changes/index.js';
import { chosenChanges, type Filter } from './chosen-changes.js';
import { changesMessage } from './message.js';

const ALL: Filter = { experienceIds: [], kinds: [], leadDays: null };
const NOW = new Date('2026-03-01T09:00:00Z');

/** A day that had so many places and has so many now; null: sold out. */
function change(id: number, date: string, before: number | null, after: number | null) {
  const state = (remaining: number | null) => ({
    ...{ listed: true, openSlots: remaining === null ? 0 : 1, remaining: remaining ?? 0 },
    ...{ finalPrice: 10, originalPrice: null, discount: null, currencyCode: 'EUR' },
  });
  const columns = (when: 'Before' | 'After', values: object) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name + when, value as unknown]));
  const stored = {
    ...{ xid: '9', id: String(id), experienceId: 14, date, version: id, at: NOW.getTime() + id },
    ...columns('Before', state(before)),
    ...columns('After', state(after)),
  };
  return feedChange(stored as unknown as StoredChange, 'abcd1234');
}

describe('the changes that a webhook is sent', () => {
  const changes = [change(1, '2026-03-02', 5, 4), change(2, '2026-03-03', 2, 1), change(3, '2026-03-02', 4, null)];

  it('are all, in their order', () => {
    expect(chosenChanges(changes, ALL, false, NOW)).toEqual(changes.map(({ content }) => content));
  });

  it('are those of its kinds', () => {
    expect(chosenChanges(changes, { ...ALL, kinds: ['sold_out'] }, false, NOW)).toEqual([changes[2]?.content]);
  });

  it('are those of dates that are near enough anywhere', () => {
    // At this hour it is 1 March, and the 2nd has begun nowhere; from 10:00 UTC on it has on Kiritimati.
    const dates = (now: string) =>
      chosenChanges(changes, { ...ALL, leadDays: 1 }, false, new Date(now)).map(({ date }) => date);
    expect(dates('2026-03-01T09:00:00Z')).toEqual(['2026-03-02', '2026-03-02']);
    expect(dates('2026-03-01T10:00:00Z')).toEqual(['2026-03-02', '2026-03-03', '2026-03-02']);
  });

  it('are one a day where they are merged, with the kind of the whole', () => {
    const [second, first] = chosenChanges(changes, ALL, true, NOW);
    expect(second).toEqual(changes[1]?.content);
    expect(first).toEqual({ ...changes[2]?.content, kind: 'sold_out', before: changes[0]?.content.before });
    const back = [change(4, '2026-03-02', 4, null), change(5, '2026-03-02', null, 4)];
    expect(chosenChanges(back, ALL, true, NOW).map(({ kind }) => kind)).toEqual(['other']);
    expect(chosenChanges(back, { ...ALL, kinds: ['sold_out', 'back_in_stock'] }, true, NOW)).toEqual([]);
  });
});

describe('a message', () => {
  const contents = chosenChanges([change(1, '2026-03-02', 5, 4), change(2, '2026-03-03', 2, 1)], ALL, false, NOW);

  it('is the same, with the same id, for each attempt, and another for another webhook or other changes', () => {
    const message = changesMessage('a', contents, 'next');
    expect(changesMessage('a', contents, 'next')).toEqual(message);
    expect(message.id).toMatch(/^msg_[\w-]{27}$/);
    expect(changesMessage('b', contents, 'next').id).not.toBe(message.id);
    expect(changesMessage('a', contents.slice(1), 'next').id).not.toBe(message.id);
  });

  it('has the time of its last change', () => {
    expect(JSON.parse(changesMessage('a', contents, 'next').body)).toEqual({
      type: 'availability.changed',
      timestamp: new Date(NOW.getTime() + 2).toISOString(),
      data: { changes: contents, nextCursor: 'next' },
    });
  });
});
