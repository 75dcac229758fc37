import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import type { DayKey } from '../../inventory/index.js';
import { DayFigures } from './day-figures.js';
import { Clock, daysBetween, type LocalDate } from '../../time/index.js';
import { adviceFor } from './advice.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { tierOf } from '../schedule/max-age.js';
import { SyncControl } from '../pause/sync-control.js';
import { dueReason, type DueReason } from './due-reason.js';

/** `GET /api/v1/sync/days/:id/:date`: all that is known of a day, and why. Instants are ISO 8601 UTC. */
export interface DayDetail {
  readonly experienceId: number;
  readonly date: LocalDate;
  readonly timeZone: string;
  readonly confirmedAt: string | null;
  readonly changedAt: string | null;
  readonly staleAfter: string | null;
  /** How often what it shows has changed. */
  readonly version: number;
  /** How old it may be; null: its date is past. */
  readonly promiseSeconds: number | null;
  readonly due: { readonly why: DueReason['why']; readonly text: string; readonly at: string | null };
  readonly leasedUntil: string | null;
  readonly leasedBy: string | null;
  /** Failures in a row. */
  readonly attempts: number;
  readonly lastError: string | null;
  /** What the last error was, and what to do; null: there was none. */
  readonly failureKind: string | null;
  readonly advice: string | null;
  readonly failedAt: string | null;
  /** The supplier answered that there is nothing, which is not believed so far. */
  readonly emptySeenAt: string | null;
  /** Slots of its last answer that could not be read, and what else was odd about it (`code`, `detail`, `slots`). */
  readonly droppedSlots: number;
  readonly oddities: unknown;
  /** As they are served; null: it was never fetched. */
  readonly slots: unknown;
}

@Injectable()
export class DayDetails {
  constructor(
    private readonly days: DayFigures,
    private readonly control: SyncControl,
    private readonly window: MirrorWindow,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  /** Undefined: such a day is not mirrored. */
  async read(key: DayKey): Promise<DayDetail | undefined> {
    const now = this.clock.now();
    const [day, control] = await Promise.all([this.days.inspect(key, now), this.control.state()]);
    if (!day) return undefined;
    const paused = day.paused || control.pausedAt !== null;
    const due = dueReason({ ...day, paused }, now);
    const tier = tierOf(daysBetween(this.window.today(day.timeZone), key.date), this.settings.tiers);
    const leased = day.leasedUntil !== null && day.leasedUntil > now;
    return {
      ...{ experienceId: key.experienceId, date: key.date, timeZone: this.window.zoneOf(day.timeZone) },
      ...{ confirmedAt: text(day.confirmedAt), changedAt: text(day.changedAt), staleAfter: text(day.staleAfter) },
      ...{ version: day.version, promiseSeconds: tier ? tier.maxAgeMs / 1_000 : null },
      due: { why: due.why, text: due.text, at: text(due.at) },
      leasedUntil: leased ? text(day.leasedUntil) : null,
      leasedBy: leased ? day.leasedBy : null,
      ...{ attempts: day.attempts, lastError: day.lastError, failedAt: text(day.failedAt) },
      ...{ failureKind: day.failureKind, advice: day.failureKind === null ? null : adviceFor(day.failureKind) },
      ...{ emptySeenAt: text(day.emptySeenAt), droppedSlots: day.droppedSlots, oddities: day.oddities ?? [] },
      slots: day.slots,
    };
  }
}

function text(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}
