import { Module } from '@nestjs/common';
import { DayReader } from './day.reader.js';
import { NotifiedDays } from './notified-days.js';
import { DayRepository } from './day.repository.js';

@Module({ providers: [DayRepository, NotifiedDays, DayReader], exports: [DayRepository, DayReader] })
export class InventoryModule {}
