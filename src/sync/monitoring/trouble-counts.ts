import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../prisma/index.js';
import { Clock, earliestToday } from '../../time/index.js';
import { countFailingProducts, countOddProducts, type TroubledProducts } from './sql/count-troubles.js';

/** How many products are in trouble: all of them, where the status lists the last ones. */
@Injectable()
export class TroubleCounts {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
  ) {}

  failing(): Promise<TroubledProducts[]> {
    return countFailingProducts(this.prisma.reports, this.clock.now());
  }

  odd(): Promise<TroubledProducts[]> {
    return countOddProducts(this.prisma.reports, earliestToday(this.clock.now()));
  }
}
