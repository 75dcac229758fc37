import { Injectable } from '@nestjs/common';
import { ResponseCache, type CacheableAnswer } from '../http/index.js';
import type { LocalDate } from '../time/index.js';
import { AvailabilityService } from './availability.service.js';
import { ReadTally } from './read-tally.js';
import { datesUrl, slotsUrl } from './read-urls.js';

/** What the cache does not have: computed once for all who ask for it at a time, kept, and counted as read. */
@Injectable()
export class PublicReads {
  constructor(
    private readonly availability: AvailabilityService,
    private readonly cache: ResponseCache,
    private readonly tally: ReadTally,
  ) {}

  slots(experienceId: number, date: LocalDate): Promise<CacheableAnswer> {
    return this.read(slotsUrl(experienceId, date), () => this.availability.slots(experienceId, date));
  }

  dates(experienceId: number): Promise<CacheableAnswer> {
    return this.read(datesUrl(experienceId), () => this.availability.dates(experienceId));
  }

  private async read(url: string, compute: () => Promise<CacheableAnswer>): Promise<CacheableAnswer> {
    const answer = await this.cache.fill(url, compute);
    this.tally.count(answer.about);
    return answer;
  }
}
