import { Inject, Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { CatalogueCounts } from '../../experience/index.js';
import { PrismaService } from '../../prisma/index.js';
import { PerSupplier, Suppliers } from '../../supplier/index.js';
import { Clock } from '../../time/index.js';
import { RANDOM, type Random } from '../model/random.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { LearnedRates } from './learned-rates.js';
import { ShadowPriceKeeper } from './shadow-price-keeper.js';

export interface RatesOfSupplier {
  readonly rates: LearnedRates;
  readonly price: ShadowPriceKeeper;
}

/** The learned rates and the shadow price of each supplier. */
@Injectable()
export class SupplierRates extends PerSupplier<RatesOfSupplier> {
  constructor(
    suppliers: Suppliers,
    prisma: PrismaService,
    counts: CatalogueCounts,
    window: MirrorWindow,
    mirror: MirrorSettings,
    @Inject(RANDOM) random: Random,
    clock: Clock,
  ) {
    super(suppliers, (supplier) => {
      const rates = new LearnedRates(prisma, counts, supplier.name, mirror, clock);
      return { rates, price: new ShadowPriceKeeper(rates, prisma, window, mirror, supplier, random, clock) };
    });
  }
}
