import { describe, expect, it } from '@jest/globals';
import type { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { Drain } from '../http/index.js';
import type { PrismaService, ReadDatabase } from '../prisma/index.js';
import { HealthController } from './health.controller.js';

describe('the check whether readers are served', () => {
  it('runs once for all who ask meanwhile, and anew for who asks later', async () => {
    let asked = 0;
    const health = { check: (checks: (() => unknown)[]) => Promise.all(checks.map((check) => check())) };
    const indicator = { check: () => ({ up: () => 'up' }) };
    const prisma = { time: () => Promise.resolve((asked += 1)), missingMigrations: () => Promise.resolve([]) };
    const controller = new HealthController(
      health as unknown as HealthCheckService,
      indicator as unknown as HealthIndicatorService,
      prisma as unknown as PrismaService,
      {} as ReadDatabase,
      { active: false } as Drain,
    );
    const answers = await Promise.all(Array.from({ length: 20 }, () => controller.ready()));
    expect(new Set(answers)).toEqual(new Set([['up', 'up']]));
    expect(asked).toBe(1);
    await controller.ready();
    expect(asked).toBe(2);
  });
});
