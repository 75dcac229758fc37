import { Injectable } from '@nestjs/common';
import { ApiProblem } from '../../http/index.js';
import { PrismaService } from '../../prisma/index.js';
import { SupplierFailure, SupplierRefusal, type ListedProduct, type Supplier } from '../../supplier/index.js';
import { SupplierBudgets } from '../budget/supplier-budgets.js';

/** Reads the suppliers' lists of products, each with one request of the budget. */
@Injectable()
export class ProductLists {
  constructor(
    private readonly prisma: PrismaService,
    private readonly budgets: SupplierBudgets,
  ) {}

  /** Null: this API has no list of products. @throws ApiProblem if the budget allows no request, or the supplier fails */
  async read({ name, client }: Supplier): Promise<readonly ListedProduct[] | null> {
    if (!client.listsProducts) return null;
    await this.pay(name);
    try {
      return await client.listProducts();
    } catch (error) {
      if (!(error instanceof SupplierFailure || error instanceof SupplierRefusal)) throw error;
      if (error instanceof SupplierRefusal) await this.budgets.of(name).refused(error);
      throw new ApiProblem('SUPPLIER_FAILED', `${name}: ${error.detail}`);
    }
  }

  private async pay(name: string): Promise<void> {
    const budget = this.budgets.of(name);
    const nextAt = await this.prisma.$transaction(async (sql) => {
      const offer = await budget.offer(sql, 1);
      if (offer.count === 0) return new Date(offer.gridAtMs(0));
      await budget.take(sql, offer, 1);
      return null;
    });
    if (nextAt === null) return;
    const retryAt = nextAt.toISOString();
    throw new ApiProblem(
      'SUPPLIER_BUSY',
      `The budget of ${name} allows no request before ${retryAt}. Try again then.`,
      {
        members: { retryAt },
      },
    );
  }
}
