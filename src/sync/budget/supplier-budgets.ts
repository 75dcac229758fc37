import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../prisma/index.js';
import { PerSupplier, Suppliers } from '../../supplier/index.js';
import { Clock } from '../../time/index.js';
import { SupplierBudget } from './supplier-budget.js';

/** The budget of each supplier. */
@Injectable()
export class SupplierBudgets extends PerSupplier<SupplierBudget> {
  constructor(suppliers: Suppliers, prisma: PrismaService, clock: Clock) {
    super(suppliers, (supplier) => new SupplierBudget(prisma, supplier, clock));
  }
}
