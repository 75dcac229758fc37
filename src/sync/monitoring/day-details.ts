import { Injectable } from '@nestjs/common';
import type { DayKey } from '../../inventory/index.js';
import { Clock, daysBetween } from '../../time/index.js';
import { SupplierPauses } from '../pause/supplier-pauses.js';
import { SyncControl } from '../pause/sync-control.js';
import { tierOf } from '../schedule/max-age.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { SupplierTiers } from '../window/supplier-tiers.js';
import { adviceFor } from './advice.js';
import type { DayDetail } from './day-detail.shape.js';
import { DayFigures } from './day-figures.js';
import { dueReason } from './due-reason.js';

@Injectable()
export class DayDetails {
  constructor(
    private readonly days: DayFigures,
    private readonly control: SyncControl,
    private readonly pauses: SupplierPauses,
    private readonly window: MirrorWindow,
    private readonly tiers: SupplierTiers,
    private readonly clock: Clock,
  ) {}

  /** Undefined: the day is not mirrored. */
  async read(key: DayKey): Promise<DayDetail | undefined> {
    const now = this.clock.now();
    const [day, control, pauses] = await Promise.all([
      this.days.inspect(key, now),
      this.control.state(),
      this.pauses.states(),
    ]);
    if (!day) return undefined;
    const ofSupplier = (pauses.get(day.supplier)?.pausedAt ?? null) !== null;
    const paused = control.pausedAt !== null ? 'sync' : ofSupplier ? 'supplier' : day.paused ? 'experience' : null;
    const due = dueReason({ ...day, paused }, now);
    const tier = tierOf(daysBetween(this.window.today(day.timeZone), key.date), this.tiers.of(day.supplier));
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
