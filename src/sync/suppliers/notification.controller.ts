import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiProblem } from '../../http/index.js';
import { Suppliers } from '../../supplier/index.js';
import { Clock } from '../../time/index.js';
import { DayQueue } from '../schedule/day-queue.js';
import { SubscriptionRows } from '../subscriptions/subscription-rows.js';
import { ProductChanges } from './product-changes.js';
import { changedProducts, readHints } from './read-hints.js';
import type { HintReport } from './supplier.shape.js';

/** Notifications of one supplier that a process takes a minute. */
const PER_MINUTE = 600;
/** How often it is stored that a supplier sends some. */
const NOTE_EVERY_MS = 5_000;

/** For suppliers: they say which days may have changed. Whoever knows the secret of the address may. */
@Controller('api/v1/supplier/:name/notifications')
export class NotificationController {
  private readonly notedAt = new Map<string, number>();
  private readonly limiter = new RateLimiterMemory({ points: PER_MINUTE, duration: 60 });

  constructor(
    private readonly suppliers: Suppliers,
    private readonly queue: DayQueue,
    private readonly products: ProductChanges,
    private readonly subscriptions: SubscriptionRows,
    private readonly clock: Clock,
  ) {}

  @Post(':secret')
  @HttpCode(202)
  @Header('cache-control', 'no-store')
  async take(@Param('name') name: string, @Param('secret') secret: string, @Body() body: unknown): Promise<HintReport> {
    const known = this.suppliers.find(name)?.settings.notificationSecret ?? null;
    // The same answer for a wrong name and a wrong secret, so that neither can be guessed by the other.
    if (known === null || !isSame(secret, known)) {
      throw new ApiProblem('NOT_FOUND', 'No supplier sends notifications to this address.');
    }
    await this.limit(name);
    const hints = readHints(body);
    if (!hints) {
      throw new ApiProblem(
        'INVALID_REQUEST',
        'No product is named. Send {"productId": "…", "localDateStart": "…", "localDateEnd": "…"}.',
      );
    }
    // First, so that the days are read by the new ones.
    await this.products.announce(name, changedProducts(body));
    const days = await this.queue.hint(name, hints, this.clock.now());
    await this.note(name);
    return { days };
  }

  private async note(name: string): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - (this.notedAt.get(name) ?? -Infinity) < NOTE_EVERY_MS) return;
    this.notedAt.set(name, now.getTime());
    await this.subscriptions.noteHint(name, now);
  }

  private async limit(name: string): Promise<void> {
    try {
      await this.limiter.consume(name);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      const detail = `More than ${PER_MINUTE} notifications in a minute. Send one for several days, or later.`;
      throw new ApiProblem('TOO_MANY_REQUESTS', detail, { retryAfterSeconds });
    }
  }
}

/** Takes as long whatever differs. */
function isSame(given: string, known: string): boolean {
  return timingSafeEqual(digest(given), digest(known));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
