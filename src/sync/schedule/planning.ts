import { Injectable } from '@nestjs/common';
import { Every } from '../../time/index.js';
import { SupplierRates } from '../rates/supplier-rates.js';
import { ExperienceReplan } from './experience-replan.js';

/** Updates the priorities from what is learned, in small steps whose size does not depend on the catalogue. */
@Injectable()
export class Planning {
  constructor(
    private readonly suppliers: SupplierRates,
    private readonly replan: ExperienceReplan,
  ) {}

  @Every({ periods: ['2s'], what: 'updating priorities' })
  async next(): Promise<void> {
    for (const supplier of this.suppliers.all) {
      await supplier.price.keep();
      await this.replan.runNext(supplier);
    }
  }
}
