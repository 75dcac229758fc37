import { Module } from '@nestjs/common';
import { DayEvents } from './day-events.js';
import { DayReader } from './day.reader.js';
import { NotifiedDays } from './notified-days.js';
import { DayRepository } from './day.repository.js';

@Module({
  providers: [DayRepository, DayEvents, NotifiedDays, DayReader],
  exports: [DayRepository, DayEvents, DayReader],
})
export class InventoryModule {}
