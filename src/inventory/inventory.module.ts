import { Module } from '@nestjs/common';
import { ChangeLog } from './change-log.js';
import { DayEvents } from './day-events.js';
import { DayReader } from './day.reader.js';
import { NotifiedDays } from './notified-days.js';
import { DayRepository } from './day.repository.js';

@Module({
  providers: [DayRepository, ChangeLog, DayEvents, NotifiedDays, DayReader],
  exports: [DayRepository, ChangeLog, DayEvents, DayReader],
})
export class InventoryModule {}
