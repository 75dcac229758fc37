import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { ApiProblem, Drain, JointWork } from '../http/index.js';
import { failureText, isDatabaseFailure, PrismaService, ReadDatabase, sqlStateOf } from '../prisma/index.js';
import type { Liveness } from './health.shape.js';

/** Until then the database may be back. */
const RETRY_SECONDS = 5;
const STOPPING = 'The server is stopping.';
const OUT_OF_REACH = 'The database is out of reach.';
const BY_REPLICA = 'The database is out of reach; its read replica serves readers.';
const RESTART = 'A restart brings it up to date, if it is the right one (DATABASE_URL).';

/** SQLSTATE: no such schema, table or column. */
const NOT_OURS = new Set(['3F000', '42P01', '42703']);

/** For whoever runs the process: is it alive, and can it serve? */
@Controller('health')
export class HealthController {
  /** Anybody may ask, as often as they like: one check at a time takes no connections from the sync. */
  private readonly check = new JointWork(() => this.health.check([() => this.database(), () => this.migrations()]));

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly prisma: PrismaService,
    private readonly reads: ReadDatabase,
    private readonly drain: Drain,
  ) {}

  /** The process answers. */
  @Get('live')
  @Header('cache-control', 'no-store')
  live(): Liveness {
    return { status: 'ok' };
  }

  /**
   * Readers are served: by the database, as this version needs it, or by its read replica alone, and the server was not told
   * to stop. The supplier does not count: without it, what is mirrored is still served.
   */
  @Get('ready')
  @HealthCheck()
  async ready() {
    if (this.drain.active) throw new ApiProblem('NOT_READY', STOPPING, { retryAfterSeconds: RETRY_SECONDS });
    try {
      return await this.check.run();
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      throw new ApiProblem('NOT_READY', whyNot(error.getResponse() as HealthCheckResult), {
        retryAfterSeconds: RETRY_SECONDS,
      });
    }
  }

  private async database() {
    const check = this.indicator.check('database');
    try {
      await this.prisma.time();
      return check.up();
    } catch {
      return this.withoutPrimary(check);
    }
  }

  private async migrations() {
    const check = this.indicator.check('migrations');
    try {
      const missing = await this.prisma.missingMigrations();
      if (missing.length === 0) return check.up();
      return check.down({ message: `The database lacks ${missing.join(', ')}. ${RESTART}` });
    } catch (error) {
      if (isDatabaseFailure(error)) return this.withoutPrimary(check);
      if (!NOT_OURS.has(sqlStateOf(error) ?? ''))
        return check.down({ message: `The database fails: ${failureText(error)}.` });
      return check.down({ message: `The database is not one of Slotmirror. ${RESTART}` });
    }
  }

  private withoutPrimary(check: ReturnType<HealthIndicatorService['check']>) {
    return this.reads.replicaServes ? check.up({ message: BY_REPLICA }) : check.down({ message: OUT_OF_REACH });
  }
}

/** What the first indicator that is down says. */
function whyNot({ details }: HealthCheckResult): string {
  const message: unknown = Object.values(details).find(({ status }) => status === 'down')?.['message'];
  return typeof message === 'string' ? message : OUT_OF_REACH;
}
