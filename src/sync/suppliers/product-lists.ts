import { Injectable } from '@nestjs/common';
import { ApiProblem } from '../../http/index.js';
import { PrismaService } from '../../prisma/index.js';
import { SupplierFailure, SupplierRefusal, type ListedProduct, type Supplier } from '../../supplier/index.js';
import { Clock } from '../../time/index.js';
import { SupplierBudgets } from '../budget/supplier-budgets.js';

/** A booked request that is sent later than this is not sent: the supplier might count one too many. */
const MOST_LATE_MS = 1_000;

/**
 * Reads the suppliers' lists of products, each with one request of the budget. The sync takes every request as soon as the
 * budget allows it, so a caller for whom there is none now has the next one booked, and is told when to come back.
 */
@Injectable()
export class ProductLists {
  /** When the booked request of a supplier may be sent. Of this process: another one books its own. */
  private readonly booked = new Map<string, Date>();

  constructor(
    private readonly prisma: PrismaService,
    private readonly budgets: SupplierBudgets,
    private readonly clock: Clock,
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
      else if (error.wait) await this.budgets.of(name).noteWait(error.wait);
      throw new ApiProblem('SUPPLIER_FAILED', `${name}: ${error.detail}`);
    }
  }

  private async pay(name: string): Promise<void> {
    const booked = this.bookedOf(name);
    const nextAt = booked && booked > this.clock.now() ? booked : await this.takeOrBook(name, booked !== undefined);
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

  /** Undefined: none, or it was not used in time. */
  private bookedOf(name: string): Date | undefined {
    const booked = this.booked.get(name);
    return booked && this.clock.now().getTime() - booked.getTime() <= MOST_LATE_MS ? booked : undefined;
  }

  /** @param isBooked the request was taken from the budget before @returns when a request may be sent; null: now */
  private async takeOrBook(name: string, isBooked: boolean): Promise<Date | null> {
    const budget = this.budgets.of(name);
    this.booked.delete(name);
    const next = await this.prisma.$transaction(async (sql) => {
      const offer = await budget.offer(sql, 1);
      // After the supplier's wait or an outage the first request belongs to the sync.
      const isOpen = !offer.isClosed && !offer.probe;
      if (isBooked && isOpen) return { at: null, isOpen };
      const isNow = offer.count > 0;
      if (isNow || isOpen) await budget.take(sql, offer, 1);
      return { at: isNow ? null : new Date(Math.ceil(offer.gridAtMs(0))), isOpen };
    });
    if (next.at && next.isOpen) this.booked.set(name, next.at);
    return next.at;
  }
}
