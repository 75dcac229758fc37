import { Module } from '@nestjs/common';
import { DayReader } from './day.reader.js';
import { DayRepository } from './day.repository.js';

@Module({ providers: [DayRepository, DayReader], exports: [DayRepository, DayReader] })
export class InventoryModule {}
