import { Injectable } from '@nestjs/common';
import { ResponseCache, type PreparedResponse, type ReadResponse } from '../http/index.js';
import type { LocalDate } from '../time/index.js';
import { AvailabilityService } from './availability.service.js';
import { ReadTally } from './read-tally.js';
import { datesUrl, slotsUrl } from './read-urls.js';

/** Computes what the cache does not have, once for all concurrent requests, keeps it, and counts it as read. */
@Injectable()
export class PublicReads {
  constructor(
    private readonly availability: AvailabilityService,
    private readonly cache: ResponseCache,
    private readonly tally: ReadTally,
  ) {}

  slots(experienceId: number, date: LocalDate): Promise<PreparedResponse> {
    return this.read(slotsUrl(experienceId, date), () => this.availability.slots(experienceId, date));
  }

  dates(experienceId: number): Promise<PreparedResponse> {
    return this.read(datesUrl(experienceId), () => this.availability.dates(experienceId));
  }

  private async read(url: string, compute: () => Promise<ReadResponse>): Promise<PreparedResponse> {
    const response = await this.cache.fill(url, compute);
    this.tally.count(response.content.about);
    return response;
  }
}
