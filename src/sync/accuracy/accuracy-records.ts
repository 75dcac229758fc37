import { Injectable } from '@nestjs/common';
import { PrismaService, type Sql } from '../../prisma/index.js';
import { Clock, Every } from '../../time/index.js';
import type { TakenAccuracy } from './pending-accuracy.js';
import { addExperiences, addHours } from './sql/add-accuracy.js';

/** A month, and a day for whoever looks at its end. */
const KEPT_MS = 32 * 86_400_000;

/** Stores how many reads saw the truth. The only writer of its two tables. */
@Injectable()
export class AccuracyRecords {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
  ) {}

  /** @param sql the transaction that also takes the judged reads off the counts of their dates */
  async add(sql: Sql, supplier: string, { hours, experiences }: TakenAccuracy): Promise<void> {
    if (hours.length > 0) await addHours(sql, supplier, hours);
    if (experiences.length > 0) await addExperiences(sql, experiences);
  }

  @Every({ periods: ['1m'], what: 'deleting old accuracy' })
  async dropOld(): Promise<void> {
    const oldest = new Date(this.clock.now().getTime() - KEPT_MS);
    await this.prisma.accuracy.deleteMany({ where: { hour: { lt: oldest } } });
    await this.prisma.experienceAccuracy.deleteMany({ where: { date: { lt: oldest } } });
  }
}
