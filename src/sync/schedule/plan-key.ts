import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../prisma/index.js';

/** The settings that the stored due times were computed with. The only writer of its table. */
@Injectable()
export class PlanKey {
  constructor(private readonly prisma: PrismaService) {}

  /** Null: no due times were computed so far. */
  async read(): Promise<string | null> {
    const row = await this.prisma.schedule.findUniqueOrThrow({ where: { id: 1 } });
    return row.planKey;
  }

  async write(planKey: string): Promise<void> {
    await this.prisma.schedule.update({ where: { id: 1 }, data: { planKey } });
  }
}
