import { Inject, Injectable } from '@nestjs/common';
import { PrismaService } from '../../prisma/index.js';
import { PerSupplier, Suppliers } from '../../supplier/index.js';
import { Clock, Every } from '../../time/index.js';
import { SupplierRates } from '../rates/supplier-rates.js';
import { RANDOM, type Random } from '../model/random.js';
import { ProductHealth } from './product-health.js';

/** The health of the products of each supplier. */
@Injectable()
export class SupplierHealth extends PerSupplier<ProductHealth> {
  constructor(
    suppliers: Suppliers,
    all: SupplierRates,
    prisma: PrismaService,
    clock: Clock,
    @Inject(RANDOM) random: Random,
  ) {
    super(suppliers, (supplier) => new ProductHealth(prisma, all.of(supplier.name).rates, supplier, clock, random));
  }

  /** Deletes the rows of products that are well. */
  @Every({ periods: ['1m'], what: 'deleting the health of products that are well' })
  async dropOld(): Promise<void> {
    for (const products of this.all) await products.dropOld();
  }
}
