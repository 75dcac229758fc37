import { Injectable, Logger } from '@nestjs/common';
import { failureText, PrismaService } from '../../prisma/index.js';
import { PerSupplier, Suppliers } from '../../supplier/index.js';
import { Clock } from '../../time/index.js';
import { SupplierBudget } from './supplier-budget.js';

/** The budget of each supplier. */
@Injectable()
export class SupplierBudgets extends PerSupplier<SupplierBudget> {
  constructor(suppliers: Suppliers, prisma: PrismaService, clock: Clock) {
    super(suppliers, (supplier) => {
      const budget = new SupplierBudget(prisma, supplier, clock);
      supplier.client.onWait((wait) => {
        budget.noteWait(wait).catch((error: unknown) => {
          new Logger('Sync').error(`a wait of ${supplier.name} could not be recorded: ${failureText(error)}`);
        });
      });
      return budget;
    });
  }
}
