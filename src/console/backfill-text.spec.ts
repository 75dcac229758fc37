import { describe, expect, it } from '@jest/globals';
import { failedAlike } from './page/backfill-text.js';

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
