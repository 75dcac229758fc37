import { describe, expect, it } from '@jest/globals';
import type { BackfillProgress } from '../../sync/index.js';
import { outcomeText, progressText } from './backfill-text.js';

const REPORT: BackfillProgress = {
  ...{ state: 'running', days: 40, confirmed: 10, changed: 4, unchanged: 6, failed: 0, left: 30, leftOut: [] },
  ...{ startedAt: '2026-03-02T04:00:00.000Z', finishedAt: null },
};

describe('the progress of a backfill', () => {
  it('counts days, changes and failures', () => {
    expect(progressText(REPORT)).toBe('10 of 40 days, 4 changed');
    expect(progressText({ ...REPORT, failed: 2 })).toBe('10 of 40 days, 4 changed, 2 failed');
  });
});

describe('the outcome of a backfill', () => {
  it.each([
    [
      { state: 'done', days: 0, left: 0 },
      'Nothing to do: no day is older than its max age, or what is left is paused.',
    ],
    [{ state: 'done', left: 0 }, 'Done: 40 of 40 days, 4 changed.'],
    [{ state: 'done', left: 3 }, 'Done: 37 of 40 days, 4 changed, 3 needed no request any more.'],
    [
      { state: 'incomplete', left: 0, failed: 2 },
      'Ended; a running server tries again what failed: 40 of 40 days, 4 changed, 2 failed.',
    ],
    [
      { state: 'incomplete', left: 20, leftOut: [{ supplier: 'harbour', state: 'outage' }] },
      'Ended; a running server tries again what failed: 20 of 40 days, 4 changed, 20 left. harbour does not answer.',
    ],
    [
      { state: 'paused' },
      'The sync or its supplier is paused (GET /api/v1/sync/status says which): 10 of 40 days, 4 changed, 30 left.',
    ],
    [{ state: 'outage', left: 39 }, 'The supplier does not answer: 1 of 40 days, 4 changed, 39 left.'],
  ] as const)('is a sentence: %j', (end, text) => {
    expect(outcomeText({ ...REPORT, ...end })).toBe(`${text}\n`);
  });
});
