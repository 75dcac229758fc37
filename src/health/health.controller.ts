import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { ApiProblem } from '../http/index.js';
import { PrismaService } from '../prisma/index.js';

/** Until then the database may be back. */
const RETRY_SECONDS = 5;

/** For whoever runs the process: is it alive, and can it serve? */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly prisma: PrismaService,
  ) {}

  /** The process answers. */
  @Get('live')
  @Header('cache-control', 'no-store')
  live() {
    return { status: 'ok' };
  }

  /** The database answers. The partner does not count: without it, what is mirrored is still served. */
  @Get('ready')
  @HealthCheck()
  async ready() {
    try {
      return await this.health.check([() => this.database()]);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      throw new ApiProblem('NOT_READY', 'The database is out of reach.', { retryAfterSeconds: RETRY_SECONDS });
    }
  }

  private async database() {
    const check = this.indicator.check('database');
    try {
      await this.prisma.time();
      return check.up();
    } catch {
      return check.down({ message: 'out of reach' });
    }
  }
}
