import { Injectable } from '@nestjs/common';
import { Notifications, PrismaService } from '../../prisma/index.js';
import { Suppliers } from '../../supplier/index.js';
import { notifyProducts } from './sql/notify-products.js';

/** What suppliers say about products themselves: their units, bounds and ages. Each process remembers products of its own. */
@Injectable()
export class ProductChanges {
  constructor(
    private readonly prisma: PrismaService,
    private readonly suppliers: Suppliers,
    notifications: Notifications,
  ) {
    notifications.on('slotmirror_product', (payload) => {
      const [supplier, product] = JSON.parse(payload) as [string, string];
      this.note(supplier, product);
    });
  }

  /** Before their next days these products are fetched anew, by every process. */
  async announce(supplier: string, products: readonly string[]): Promise<void> {
    // Behind a pooler no process hears the notification.
    for (const product of products) this.note(supplier, product);
    if (products.length > 0) await notifyProducts(this.prisma.direct, supplier, products);
  }

  private note(supplier: string, product: string): void {
    this.suppliers.find(supplier)?.client.noteProductChange?.(product);
  }
}
