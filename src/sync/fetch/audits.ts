import type { MirrorSettings } from '../../config/index.js';
import type { DayKey } from '../../inventory/index.js';
import type { Sql } from '../../prisma/index.js';
import { fromDatabaseDate } from '../../time/index.js';
import type { Offer } from '../budget/budget-outcomes.js';
import type { Random } from '../model/random.js';
import { creditAfter, mayAudit } from './audit-share.js';
import type { DayCandidate } from './choice.js';
import { drawDay } from './sql/draw-day.js';

/** Draws days of one supplier that are fetched whether they are due or not, to see whether a random read saw the truth. */
export class Audits {
  private credit = 0;

  constructor(
    private readonly supplier: string,
    private readonly settings: MirrorSettings,
    private readonly random: Random,
  ) {}

  /** The day of an audit; undefined: none now. @param candidates what waits. @param filling the mirror fills */
  async draw(
    sql: Sql,
    candidates: readonly DayCandidate[],
    offer: Offer,
    filling: boolean,
  ): Promise<DayKey | undefined> {
    if (!mayAudit(this.credit, candidates, offer, filling)) return undefined;
    const [day] = await drawDay(sql, {
      ...{ supplier: this.supplier, now: offer.now, dates: this.settings.windowDays },
      ...{ experience: this.random(), date: this.random() },
    });
    return day && { experienceId: day.experienceId, date: fromDatabaseDate(day.date) };
  }

  /** So many requests are sent, `audits` of them for drawn days. */
  sent(requests: number, audits: number): void {
    this.credit = creditAfter(this.credit, this.settings.auditShare, requests, audits);
  }
}
