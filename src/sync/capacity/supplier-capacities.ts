import { Injectable } from '@nestjs/common';
import { PerSupplier, Suppliers } from '../../supplier/index.js';
import { Clock } from '../../time/index.js';
import { SupplierRates } from '../rates/supplier-rates.js';
import { Capacity } from './capacity.js';

/** What the budget of each supplier can keep. */
@Injectable()
export class SupplierCapacities extends PerSupplier<Capacity> {
  constructor(suppliers: Suppliers, all: SupplierRates, clock: Clock) {
    super(suppliers, (supplier) => {
      const { rates, price } = all.of(supplier.name);
      return new Capacity(rates, price, supplier, clock);
    });
  }
}
