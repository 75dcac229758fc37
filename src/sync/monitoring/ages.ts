import { Injectable } from '@nestjs/common';
import { MirrorSettings, type Tier } from '../../config/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Clock, daysBetween, fromDatabaseDate } from '../../time/index.js';
import { tierOf } from '../schedule/max-age.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { drawnLeads, errorOf } from './age-sampling.js';
import { DayTally } from './day-tally.js';
import { sampleAges } from './sql/sample-ages.js';

/** The ages of the known days of a tier: of all, or of some drawn at random. */
export interface TierAges {
  readonly tier: Tier;
  /** How many days are known: exact. */
  readonly known: number;
  /** Seconds. */
  readonly ages: readonly number[];
  /** Of a share that is estimated from them, with a confidence of 95 %; 0: they are the ages of all days. */
  readonly error: number;
}

/** How old the known days are. Of a large catalogue from a sample, so that it costs the same whatever is stored. */
@Injectable()
export class Ages {
  constructor(
    private readonly prisma: PrismaService,
    private readonly tally: DayTally,
    private readonly window: MirrorWindow,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<TierAges[]> {
    const { tiers, defaultTimeZone: defaultZone } = this.settings;
    const known = await this.known();
    const { experiences, leads } = drawnLeads(
      tiers,
      known.reduce((sum, days) => sum + days, 0),
      await this.prisma.experience.count(),
    );
    const now = this.clock.now();
    const sample = await sampleAges(this.prisma, { now, defaultZone, experiences, tiers: leads });
    const ages = tiers.map((): number[] => []);
    for (const { tier, ageSeconds } of sample) ages[tier]?.push(ageSeconds);
    return tiers.map((tier, i) => {
      const drawn = ages[i] ?? [];
      return { tier, known: known[i] ?? 0, ages: drawn, error: errorOf(drawn.length, known[i] ?? 0) };
    });
  }

  /** The known days of each tier. */
  private async known(): Promise<number[]> {
    const { tiers } = this.settings;
    const known = tiers.map(() => 0);
    for (const { timeZone, date, days, neverConfirmed } of await this.tally.counts()) {
      const tier = tierOf(daysBetween(this.window.today(timeZone), fromDatabaseDate(date)), tiers);
      const place = tier ? tiers.indexOf(tier) : -1;
      if (place >= 0) known[place] = (known[place] ?? 0) + days - neverConfirmed;
    }
    return known;
  }
}
