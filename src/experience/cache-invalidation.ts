import { Injectable } from '@nestjs/common';
import { ResponseCache } from '../http/index.js';
import { onDayNotice } from '../inventory/index.js';
import { Notices } from '../prisma/index.js';
import { datesUrl, experienceUrl, slotsUrl } from './read-urls.js';

/** Invalidates the responses about a day when any process recorded or confirmed it, and all of an experience that was changed or removed. */
@Injectable()
export class CacheInvalidation {
  constructor(cache: ResponseCache, notices: Notices) {
    onDayNotice(notices, ({ experienceId, date }) => {
      cache.forget(slotsUrl(experienceId, date));
      cache.forget(datesUrl(experienceId));
    });
    notices.on('slotmirror_experience', (id) => {
      cache.forgetBelow(experienceUrl(id));
    });
  }
}
