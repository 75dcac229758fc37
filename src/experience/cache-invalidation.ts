import { Injectable } from '@nestjs/common';
import { ResponseCache } from '../http/index.js';
import { DayEvents } from '../inventory/index.js';
import { datesUrl, experienceUrl, slotsUrl } from './read-urls.js';

/** Invalidates the responses about a day when any process recorded or confirmed it, and all of an experience that was changed or removed. */
@Injectable()
export class CacheInvalidation {
  constructor(cache: ResponseCache, events: DayEvents) {
    events.onConfirmed(({ experienceId, date }) => {
      cache.forget(slotsUrl(experienceId, date));
      cache.forget(datesUrl(experienceId));
    });
    events.onExperience((id) => {
      cache.forgetBelow(experienceUrl(id));
    });
  }
}
