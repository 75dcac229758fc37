import { describe, expect, it } from '@jest/globals';
import { backfillText, failedAlike } from './page/backfill-text.js';

describe('a backfill in a line', () => {
  it('says what was fetched, and which suppliers gave nothing and why', () => {
    const counts = { days: 90, confirmed: 61, changed: 4, failed: 2, left: 27 };
    expect(backfillText({ ...counts, state: 'running', leftOut: [] })).toBe(
      'Running: 61 of 90 fetched, 4 changed, 2 failed.',
    );
    expect(backfillText({ ...counts, state: 'incomplete', leftOut: [{ supplier: 'harbour', state: 'outage' }] })).toBe(
      'Not all could be fetched: 61 of 90 fetched, 4 changed, 2 failed. harbour does not answer.',
    );
  });

  it('says which days something else has fetched meanwhile', () => {
    const counts = { days: 61, confirmed: 57, changed: 2, failed: 0, left: 4, leftOut: [] };
    expect(backfillText({ ...counts, state: 'done' })).toBe(
      'Done: 57 of 61 fetched, 2 changed. 4 needed no request any more.',
    );
    expect(backfillText({ ...counts, state: 'cancelled' })).toBe('Cancelled: 57 of 61 fetched, 2 changed.');
  });
});

describe('the failures of a backfill', () => {
  it('are grouped by reason, that of most days first', () => {
    const failure = (date: string, error: string | null) => ({ experienceId: 15, date, error });
    const failures = [
      failure('2026-03-02', 'timeout'),
      failure('2026-03-03', 'supplier_error'),
      failure('2026-03-04', 'supplier_error'),
      failure('2026-03-05', null),
    ];
    const groups = failedAlike(failures).map(({ error, days }) => [error, ...days.map(({ date }) => date)]);
    expect(groups).toEqual([
      ['supplier_error', '2026-03-03', '2026-03-04'],
      ['timeout', '2026-03-02'],
      [null, '2026-03-05'],
    ]);
  });
});
