import { dayDocument, DayRepository, type Recorded, type SuppliedSlot } from '../../src/inventory/index.js';
import { isSaidAgain } from '../../src/sync/fetch/absence.js';
import { DayQueue, type ClaimedDay } from '../../src/sync/schedule/day-queue.js';
import { recordedColumns } from '../../src/sync/schedule/sql/recorded-columns.js';
import { NO_PRIORITY } from '../../src/sync/model/priority.js';
import type { LocalDate } from '../../src/time/index.js';
import type { SandboxSlot } from './day-factory.js';
import { dayRow, forget, type DayRow } from './day-row.js';
import { grouped } from './expected-slots.js';
import { startTestApp, type TestApp, type TestAppOptions } from './test-app.js';

export const RECORDED_ID = 16;
export const RECORDED_DATE = '2026-03-05' as LocalDate;
const HOUR_MS = 3_600_000;

/** What a claim tells of an experience of which nothing was learned. */
export const NOTHING_LEARNED = {
  ...{ countedAt: new Date(0), changesSeen: 0, changesExpected: 0, reads: 0, calendarReads: 0 },
  ...{ bandChangesSeen: [], bandChangesExpected: [], bandReads: [], dateReads: 0, dateReadsAt: new Date(0) },
  repricedAt: null,
  ...{ unjudged: 0, unjudgedAhead: 0, calendars: 0, calendarsBefore: null, repricingStarts: [], repricingEnds: [] },
};

/** Records answers for one day without a supplier: what is recorded when is the test's to say. */
export class DayRecords {
  /** The instant that minutes are counted from. */
  private readonly start: number;

  private constructor(readonly app: TestApp) {
    this.start = app.clock.now().getTime();
  }

  static async open(options: TestAppOptions = {}): Promise<DayRecords> {
    const app = await startTestApp({ ...options, env: { EXPERIENCES: String(RECORDED_ID), SYNC_TIERS: '4:24h' } });
    if (!options.database) {
      await app.prisma.day.create({
        data: { experienceId: RECORDED_ID, supplier: 'leap', date: new Date(RECORDED_DATE) },
      });
    }
    return new DayRecords(app);
  }

  /** As if it had never been confirmed. */
  async reset(): Promise<void> {
    await forget(this.app.prisma, RECORDED_ID, RECORDED_DATE);
    await this.app.prisma.day.updateMany({ data: { leasedBy: null, leasedUntil: null } });
  }

  at(minutes: number): Date {
    return new Date(this.start + minutes * 60_000);
  }

  /** What a claim would tell about the day now. */
  async claimed(): Promise<ClaimedDay> {
    const { fingerprint, openSlots, emptySeenAt, attempts, droppedSlots, confirmedAt, lastStart } = await this.row();
    const row = { fingerprint, openSlots, emptySeenAt, attempts, droppedSlots, confirmedAt, lastStart };
    const known = { ...row, ...NOTHING_LEARNED };
    const listing = { supplier: 'leap', product: String(RECORDED_ID), option: null };
    return { experienceId: RECORDED_ID, date: RECORDED_DATE, timeZone: null, ...listing, ...known };
  }

  /** Records that a request sent so many minutes after the start was answered with these slots. */
  async record(slots: readonly unknown[], minutes: number, day?: ClaimedDay): Promise<Recorded> {
    const confirmedAt = this.at(minutes);
    const later = new Date(confirmedAt.getTime() + HOUR_MS);
    const by = 'the test';
    const scheduling = recordedColumns({
      staleAfter: later,
      dueAt: later,
      sentAt: confirmedAt,
      by,
      priority: NO_PRIORITY,
    });
    const known = day ?? (await this.claimed());
    const answer = dayDocument((slots as SandboxSlot[]).map(supplied) as SuppliedSlot[]);
    const at = { confirmedAt, oddities: [], scheduling };
    const confirmed = isSaidAgain(known.emptySeenAt, confirmedAt, confirmedAt);
    const { outcome } = await this.app.app.get(DayRepository).record(known, answer, at, { confirmed });
    if (outcome === 'unconfirmed') {
      const queue = this.app.app.get(DayQueue, { strict: false });
      await queue.noteUnconfirmedEmpty(known, by, { seenAt: confirmedAt, dueAt: later });
    }
    return outcome;
  }

  row(): Promise<DayRow> {
    return dayRow(this.app.prisma, RECORDED_ID, RECORDED_DATE);
  }

  async slots(): Promise<unknown> {
    return JSON.parse((await this.row()).slots ?? 'null') as unknown;
  }
}

function supplied(slot: SandboxSlot): unknown {
  return { ...slot, paxAvailability: slot.paxAvailability.map(grouped) };
}
