import { Injectable } from '@nestjs/common';
import { MirrorSettings, type Tier } from '../../config/index.js';
import { Catalogue } from '../../experience/index.js';
import { Clock, startOfDate } from '../../time/index.js';
import { tierOf } from '../schedule/max-age.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { SupplierTiers } from '../window/supplier-tiers.js';
import { DayFigures } from './day-figures.js';
import type { DayMap, MappedExperience } from './day-map.shape.js';
import type { DayMapRow } from './sql/map-days.js';

/** The state of each day of the window, for many experiences at once. Takes two statements, whatever their number. */
@Injectable()
export class DayMaps {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly days: DayFigures,
    private readonly window: MirrorWindow,
    private readonly settings: MirrorSettings,
    private readonly tiers: SupplierTiers,
    private readonly clock: Clock,
  ) {}

  /** @param after only experiences with a higher id */
  async read(after: number, limit: number): Promise<DayMap> {
    const now = this.clock.now();
    const length = this.settings.windowDays;
    const entries = await this.catalogue.list({ after, limit });
    const windows = entries.map(({ id, timeZone }) => ({ experienceId: id, first: this.window.today(timeZone) }));
    const rows = new Map((await this.days.map(windows, length, now)).map((row) => [row.experienceId, row]));
    const names = [...new Set(entries.map(({ supplier }) => supplier))];
    const maxAges = new Map(names.map((name) => [name, maxAgesOf(this.tiers.of(name), length)]));
    return {
      asOf: now.toISOString(),
      length,
      promises: maxAgesOf(this.settings.tiers, length),
      suppliers: [...maxAges].map(([name, of]) => ({ name, maxAges: of })),
      experiences: entries.map(({ id, supplier, name, timeZone, pausedAt }, i) => {
        const zone = this.window.zoneOf(timeZone);
        // The first date that was read. In that zone another date may have begun since.
        const from = windows[i]?.first ?? this.window.today(timeZone);
        const row = rows.get(id);
        return {
          ...{ id, supplier, name, timeZone: zone, from, paused: pausedAt !== null },
          firstMaxAge: firstMaxAge(row, startOfDate(from, zone).getTime() / 1_000, maxAges.get(supplier)?.[0] ?? 0),
          ...spread(row, length, now.getTime() / 1_000),
        };
      }),
      nextAfter: entries.length === limit ? (entries.at(-1)?.id ?? null) : null,
    };
  }
}

/** Seconds, by the place in the window. */
function maxAgesOf(tiers: readonly Tier[], length: number): number[] {
  return Array.from({ length }, (_, lead) => (tierOf(lead, tiers)?.maxAgeMs ?? 0) / 1_000);
}

/** That of the tier, or what `afterLastStart` makes of it. A day confirmed before its date began is due earlier, not later. */
function firstMaxAge(row: DayMapRow | undefined, begins: number, maxAge: number): number {
  const confirmed = row?.offsets[0] === 0 ? (row.confirmed[0] ?? null) : null;
  const staleAfter = row?.firstStaleAfter ?? null;
  if (confirmed === null || staleAfter === null || confirmed < begins) return maxAge;
  return Math.max(maxAge, Math.round(staleAfter - confirmed));
}

/** Missing days (the window has not been opened so far) appear as never fetched. */
function spread(row: DayMapRow | undefined, length: number, now: number): Pick<MappedExperience, 'ages' | 'flags'> {
  const ages = new Array<number | null>(length).fill(null);
  const flags = new Array<number>(length).fill(0);
  row?.offsets.forEach((offset, i) => {
    const confirmed = row.confirmed[i] ?? null;
    ages[offset] = confirmed === null ? null : Math.max(0, Math.round(now - confirmed));
    flags[offset] = row.flags[i] ?? 0;
  });
  return { ages, flags };
}
