import { Injectable } from '@nestjs/common';
import { MirrorSettings, type Tier } from '../../config/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Clock, daysBetween, fromDatabaseDate } from '../../time/index.js';
import { tierOf } from '../schedule/max-age.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { SupplierTiers, type TierGroup } from '../window/supplier-tiers.js';
import { drawnLeads, errorOf } from './age-sampling.js';
import { DayFigures } from './day-figures.js';
import { DayTally } from './day-tally.js';
import type { DateCount } from './sql/count-days.js';
import type { ProductCount } from './sql/count-products.js';
import { sampleAges } from './sql/sample-ages.js';

/**
 * For so long, the same experiences are drawn. A day that was read before is read in a tenth of the time. And a figure shows how the
 * days age, not which were drawn.
 */
const REDRAWN_MS = 86_400_000;

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
    private readonly figures: DayFigures,
    private readonly window: MirrorWindow,
    private readonly settings: MirrorSettings,
    private readonly tiers: SupplierTiers,
    private readonly clock: Clock,
  ) {}

  /** Of each tier, and where suppliers have others of their own, of each of those by itself. */
  async read(): Promise<TierAges[]> {
    const [counts, products] = await Promise.all([this.tally.counts(), this.figures.products(this.clock.now())]);
    const groups = this.tiers.groups(counts.map(({ supplier }) => supplier));
    const ages: TierAges[] = [];
    for (const group of groups) ages.push(...(await this.ofGroup(group, counts, products)));
    return ages;
  }

  private async ofGroup(
    { suppliers, tiers }: TierGroup,
    counts: readonly DateCount[],
    products: readonly ProductCount[],
  ): Promise<TierAges[]> {
    const isOfGroup = ({ supplier }: { readonly supplier: string }) => suppliers.includes(supplier);
    const known = this.known(tiers, counts.filter(isOfGroup));
    const { percent, leads } = drawnLeads(
      tiers,
      known.reduce((sum, days) => sum + days, 0),
      products.filter(isOfGroup).reduce((sum, { mirrored }) => sum + mirrored, 0),
    );
    const now = this.clock.now();
    const seed = Math.floor(now.getTime() / REDRAWN_MS);
    const of = { now, seed, defaultZone: this.settings.defaultTimeZone, suppliers, percent };
    const drawn = await Promise.all(leads.map((each) => sampleAges(this.prisma.reports, { ...of, ...each })));
    return tiers.map((tier, i) => {
      const { [i]: ages = [] } = drawn;
      const { [i]: all = 0 } = known;
      return { tier, known: all, ages, error: errorOf(ages.length, all) };
    });
  }

  /** The known days of each tier. */
  private known(tiers: readonly Tier[], counts: readonly DateCount[]): number[] {
    const known = tiers.map(() => 0);
    for (const { timeZone, date, days, neverConfirmed } of counts) {
      const tier = tierOf(daysBetween(this.window.today(timeZone), fromDatabaseDate(date)), tiers);
      const place = tier ? tiers.indexOf(tier) : -1;
      if (place >= 0) known[place] = (known[place] ?? 0) + days - neverConfirmed;
    }
    return known;
  }
}
