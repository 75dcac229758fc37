import type { Recorded } from '../../../src/inventory/index.js';
import type { Sql } from '../../../src/prisma/index.js';
import { NO_PRIORITY } from '../../../src/sync/model/priority.js';
import type { ClaimedDay } from '../../../src/sync/schedule/day-queue.js';
import { daysOf, type Days } from '../days.js';
import { type PrismaService, loadPrisma, loadTime } from '../dist.js';
import type { FixtureDay } from '../fixtures.js';
import { eachOf } from '../measure.js';
import type { BenchDatabase } from '../postgres.js';
import type { Scope } from '../scope.js';
import type { Step } from './step.js';
import { withoutFeed } from './without-feed.js';

/** How many answers arrive at the same time. */
export const AT_ONCE = 8;

const BY = 'bench';
const HOUR_MS = 3_600_000;

type Answer = (day: ClaimedDay) => FixtureDay;

/** How Slotmirror stores a supplier's answer: it makes the document and records it with one statement. */
export class Ours {
  private now = new Date('2027-01-01T00:00:00Z');
  private claimed: readonly ClaimedDay[] = [];

  private constructor(
    private readonly client: BenchDatabase['client'],
    private readonly prisma: PrismaService,
    private readonly days: Days,
    private readonly daysWithoutFeed: Days,
    private readonly fixtures: readonly FixtureDay[],
  ) {}

  static async start(scope: Scope, database: BenchDatabase, fixtures: readonly FixtureDay[]): Promise<Ours> {
    const { PrismaService, fragment } = await loadPrisma();
    const prisma = new PrismaService(database.database);
    scope.defer(() => prisma.$disconnect());
    const ours = new Ours(
      database.client,
      prisma,
      await daysOf(prisma),
      await daysOf(withoutFeed(prisma, fragment)),
      fixtures,
    );
    await ours.client.query(
      `INSERT INTO experience (id, supplier, product) SELECT id, 'leap', id FROM unnest($1::int[]) AS id`,
      [ours.experienceIds()],
    );
    return ours;
  }

  /** Days that were opened and claimed, and are answered for the first time. */
  firstLoad(name: string, answer: Answer): Step {
    return { ...this.step(name, answer, 'changed'), prepare: () => this.open().then(() => this.claimAll()) };
  }

  /** Days that were recorded before. */
  again(name: string, answer: Answer, expected: Recorded): Step {
    return { ...this.step(name, answer, expected), prepare: () => this.claimAll() };
  }

  /** The same, but recording leaves out what it does for the change feed. */
  withoutFeed(name: string, answer: Answer, expected: Recorded): Step {
    const run = () => this.recordClaimed(answer, expected, this.daysWithoutFeed);
    return { ...this.again(name, answer, expected), run };
  }

  /** Claims as many days as are recorded at once, in a transaction, then records them; until all are done. */
  claimAndRecord(name: string, answer: Answer): Step {
    const run = async () => {
      for (let done = 0; done < this.fixtures.length; done += this.claimed.length) {
        this.claimed = await this.prisma.inTransaction((sql) => this.claim(sql, AT_ONCE));
        await this.recordClaimed(answer, 'changed');
      }
    };
    return { name, days: this.fixtures.length, prepare: () => this.open(), run };
  }

  private step(name: string, answer: Answer, expected: Recorded): Step {
    return { name, days: this.fixtures.length, run: () => this.recordClaimed(answer, expected) };
  }

  private async recordClaimed(answer: Answer, expected: Recorded, days = this.days): Promise<void> {
    await eachOf(this.claimed, AT_ONCE, async (day) => {
      const outcome = await this.record(days, day, answer(day));
      if (outcome !== expected) throw new Error(`${day.experienceId} on ${day.date} was ${outcome}, not ${expected}`);
    });
  }

  private record(days: Days, day: ClaimedDay, { slots }: FixtureDay): Promise<Recorded> {
    const later = new Date(this.now.getTime() + HOUR_MS);
    const priority = { intervalClass: 0, refreshAt: later, refreshValue: null };
    const next = { staleAfter: later, dueAt: later, sentAt: later, by: BY, priority };
    return days.record(day, days.documentOf(slots), this.now, next);
  }

  private async open(): Promise<void> {
    const { datesFrom } = await loadTime();
    await this.client.query('TRUNCATE day CASCADE');
    const ids = this.experienceIds();
    const first = this.fixtures[0]?.date;
    if (first === undefined) throw new Error('no days to record');
    const dates = datesFrom(first, this.fixtures.length / ids.length);
    const dueAt = this.now;
    const priority = { ...NO_PRIORITY, refreshValue: 1 };
    await this.days.queue.open(
      ids,
      dates.map((date) => ({ date, dueAt, priority })),
    );
    await this.client.query('VACUUM ANALYZE day');
  }

  private async claimAll(): Promise<void> {
    this.now = new Date(this.now.getTime() + 2 * HOUR_MS);
    this.claimed = await this.claim(this.prisma.direct, this.fixtures.length);
    if (this.claimed.length !== this.fixtures.length) throw new Error(`claimed ${this.claimed.length} days only`);
  }

  /** Finds and leases days with the statements of the sync. */
  private async claim(sql: Sql, limit: number): Promise<ClaimedDay[]> {
    const until = new Date(this.now.getTime() + HOUR_MS);
    const { now } = this;
    const found = await this.days.queue.candidates(sql, {
      ...{
        supplier: 'leap',
        now,
        limit,
        requestedSince: now,
        keepsMaxAges: false,
        oldBefore: now,
        longestLease: until,
        unanswered: [],
      },
      ...{ longestRest: now, failedLately: now, experiences: 1 },
    });
    const due = found.filter(({ dueAt }) => dueAt !== null && dueAt <= now);
    const keys = [...new Map(due.map((day) => [`${day.experienceId} ${day.date}`, day])).values()].slice(0, limit);
    return this.days.queue.lease(sql, keys, { now, until, longest: until, by: BY });
  }

  private experienceIds(): number[] {
    return [...new Set(this.fixtures.map((day) => day.experienceId))];
  }
}
