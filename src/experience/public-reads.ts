import { Injectable } from '@nestjs/common';
import { ResponseCache, type PreparedResponse, type ReadResponse } from '../http/index.js';
import { BulkAvailabilityService } from './availability/bulk-availability.service.js';
import { CalendarRangeService } from './availability/calendar-range.service.js';
import { AvailabilityService } from './availability.service.js';
import { ReadTally } from './read-tally.js';
import { urlOf, type Read } from './read-urls.js';

/** Computes what the cache does not have, once for all concurrent requests, keeps it, and counts it as read. */
@Injectable()
export class PublicReads {
  constructor(
    private readonly availability: AvailabilityService,
    private readonly ranges: CalendarRangeService,
    private readonly bulk: BulkAvailabilityService,
    private readonly cache: ResponseCache,
    private readonly tally: ReadTally,
  ) {}

  /** The response as it is cached, for a request that spells it in another way. Counts as a read. */
  cached(read: Read, now: Date): PreparedResponse | undefined {
    return this.cache.find(urlOf(read), now);
  }

  async answer(read: Read): Promise<PreparedResponse> {
    const url = urlOf(read);
    const response = await this.cache.fill(url, () => this.compute(url, read));
    this.tally.count(response.content.about);
    return response;
  }

  private compute(url: string, read: Read): Promise<ReadResponse> {
    switch (read.kind) {
      case 'slots':
        return this.availability.slots(read.experienceId, read.date);
      case 'dates':
        return this.availability.dates(read.experienceId);
      case 'range':
        return this.ranges.answer(url, read.query);
      case 'availability':
        return this.bulk.answer(url, read.query);
    }
  }
}
