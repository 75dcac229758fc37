import { Injectable } from '@nestjs/common';
import { PrismaService, type Sql } from '../prisma/index.js';
import { Clock } from '../time/index.js';
import { countActive, countBySupplier, zonesInUse, type SupplierExperiences } from './sql/count-experiences.js';

/** How many experiences there are, from counts that triggers of the database keep. Of the catalogue it reads the paused ones at most. */
@Injectable()
export class CatalogueCounts {
  private readonly sql: Sql;

  constructor(
    { direct }: PrismaService,
    private readonly clock: Clock,
  ) {
    this.sql = direct;
  }

  /** Those of the supplier that are not paused. */
  active(supplier: string): Promise<number> {
    return countActive(this.sql, supplier, this.clock.now());
  }

  /** By the names of the suppliers, also of those that are no longer configured. */
  bySupplier(): Promise<SupplierExperiences[]> {
    return countBySupplier(this.sql);
  }

  /** The zones in use; null stands for the default zone. */
  zones(): Promise<(string | null)[]> {
    return zonesInUse(this.sql);
  }
}
