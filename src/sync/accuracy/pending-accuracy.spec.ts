import { describe, expect, it } from '@jest/globals';
import { PendingAccuracy, type Judgement } from './pending-accuracy.js';
import { bandOf } from './lead-band.js';

const truth = { reads: 4, unchanged: 0, measured: 2, high: 2, variance: 1, expected: 3 };
const judgement = (at: string, one: Partial<Judgement> = {}): Judgement => ({
  ...{ experienceId: 14, at: new Date(at), band: 1, truth, audit: null },
  ...one,
});

describe('Accuracy that is not stored yet', () => {
  it('is added up by clock hour and lead, and by date and experience', () => {
    const pending = new PendingAccuracy();
    pending.add(judgement('2026-12-01T23:10:00Z'));
    pending.add(judgement('2026-12-01T23:59:59Z', { audit: true, experienceId: 15 }));
    pending.add(judgement('2026-12-02T00:00:00Z', { audit: false, band: 0 }));
    const { hours, experiences } = pending.take();
    expect(hours).toMatchObject([
      { hour: new Date('2026-12-01T23:00:00Z'), band: 1, reads: 8, measured: 4, audits: 1, trueAudits: 1 },
      { hour: new Date('2026-12-02T00:00:00Z'), band: 0, reads: 4, measured: 2, audits: 1, trueAudits: 0 },
    ]);
    expect(experiences).toMatchObject([
      { date: '2026-12-01', experienceId: 14, reads: 4 },
      { date: '2026-12-01', experienceId: 15, reads: 4 },
      { date: '2026-12-02', experienceId: 14, reads: 4 },
    ]);
    expect(pending.take()).toEqual({ hours: [], experiences: [] });
  });

  it('is kept when it could not be stored; what says nothing is not stored', () => {
    const pending = new PendingAccuracy();
    pending.add(judgement('2026-12-01T10:00:00Z'));
    const taken = pending.take();
    pending.add(judgement('2026-12-01T10:20:00Z'));
    pending.putBack(taken);
    expect(pending.take().hours).toMatchObject([{ reads: 8, variance: 2 }]);
    pending.add(judgement('2026-12-01T10:00:00Z', { truth: { ...truth, reads: 0 } }));
    expect(pending.take()).toEqual({ hours: [], experiences: [] });
  });

  it('belongs to the band of its lead', () => {
    expect([0, 1, 2, 3, 7, 8, 30, 31, 400].map(bandOf)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });
});
