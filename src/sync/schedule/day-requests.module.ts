import { Global, Module } from '@nestjs/common';
import { DayRequests } from '../../experience/index.js';
import { RequestedDays } from './requested-days.js';

/** Lets reads request days. Global, because the reads must not import the sync. */
@Global()
@Module({
  providers: [{ provide: DayRequests, useClass: RequestedDays }],
  exports: [DayRequests],
})
export class DayRequestsModule {}
