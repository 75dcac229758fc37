import { Injectable } from '@nestjs/common';
import { ResponseCache } from '../http/index.js';
import { onDayNotification } from '../inventory/index.js';
import { Notices } from '../prisma/index.js';
import { datesUrl, experienceUrl, slotsUrl } from './read-urls.js';

/** Forgets what is shown of a day as soon as it was recorded or confirmed anywhere, and all of an experience that was changed or removed. */
@Injectable()
export class CachedReads {
  constructor(cache: ResponseCache, notices: Notices) {
    onDayNotification(notices, ({ experienceId, date }) => {
      cache.forget(slotsUrl(experienceId, date));
      cache.forget(datesUrl(experienceId));
    });
    notices.on('slotmirror_experience', (id) => {
      cache.forgetBelow(experienceUrl(id));
    });
  }
}
