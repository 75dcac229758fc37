import { describe, expect, it } from '@jest/globals';
import type { BackfillReport } from '../sync/index.js';
import { PassProgress } from './pass-progress.js';

const REPORT: BackfillReport = {
  ...{ state: 'running', days: 40, confirmed: 0, changed: 0, unchanged: 0, failed: 0, left: 40 },
  ...{ startedAt: '2026-03-02T04:00:00.000Z', finishedAt: null },
};

function shown(isTTY: boolean, reports: readonly BackfillReport[]): string {
  let text = '';
  const progress = new PassProgress({ isTTY, write: (part) => ((text += String(part)), true) });
  for (const report of reports) progress.show(report);
  const last = reports.at(-1);
  if (last) progress.end(last);
  return text;
}

describe('the progress of a pass', () => {
  const steps = Array.from({ length: 41 }, (_, i) => ({ ...REPORT, left: 40 - i, changed: i, confirmed: i }));

  it('is a line per tenth where it is not a terminal', () => {
    const lines = shown(false, [...steps.slice(0, 40), { ...REPORT, state: 'done', left: 0, changed: 40 }]).split('\n');
    expect(lines).toHaveLength(13);
    expect(lines.slice(0, 2)).toEqual(['0 of 40 days, 0 changed', '4 of 40 days, 4 changed']);
    expect(lines.slice(-2)).toEqual(['Done: 40 of 40 days, 40 changed.', '']);
    expect(lines.join('')).not.toContain('\u001b');
  });

  it('is a bar that moves on a terminal', () => {
    expect(shown(true, [steps[20] as BackfillReport])).toContain(
      `\r\u001b[K${'█'.repeat(15)}${'░'.repeat(15)} 20 of 40 days`,
    );
  });

  it.each([
    [{ state: 'done', days: 0, left: 0 }, 'Nothing to do: every day is as fresh as promised.'],
    [
      { state: 'incomplete', left: 0, failed: 2 },
      'Done, but for what failed (it is tried again): 40 of 40 days, 0 changed, 2 failed.',
    ],
    [{ state: 'paused' }, 'The sync is paused (POST /api/v1/sync/resume ends that): 0 of 40 days, 0 changed, 40 left.'],
    [{ state: 'outage', left: 39 }, 'The supplier does not answer: 1 of 40 days, 0 changed, 39 left.'],
  ] as const)('ends with what became of it: %j', (end, text) => {
    expect(shown(false, [{ ...REPORT, ...end }])).toContain(`${text}\n`);
  });
});
