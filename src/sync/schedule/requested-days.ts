import { Injectable } from '@nestjs/common';
import { DayRequests, type RequestOutcome } from '../../experience/index.js';
import type { DayKey } from '../../inventory/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Suppliers } from '../../supplier/index.js';
import { Clock } from '../../time/index.js';
import { requestDay } from './sql/request-day.js';

/** Puts days that readers request at the front of the queue. */
@Injectable()
export class RequestedDays extends DayRequests {
  constructor(
    private readonly prisma: PrismaService,
    private readonly suppliers: Suppliers,
    private readonly clock: Clock,
  ) {
    super();
  }

  async request(key: DayKey, requestedSince: Date): Promise<RequestOutcome> {
    const [row] = await requestDay(this.prisma, key, {
      suppliers: this.suppliers.names,
      now: this.clock.now(),
      requestedSince,
    });
    return row ? (row.paused ? 'paused' : 'requested') : 'unknown';
  }
}
