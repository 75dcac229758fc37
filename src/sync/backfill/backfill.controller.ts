import { Body, Controller, Header, Headers, Param, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AuditTrail } from '../../audit/index.js';
import { MirrorSettings } from '../../config/index.js';
import { Catalogue, unknownExperience } from '../../experience/index.js';
import { AdminGuard, ApiProblem, ByAdmin, parseDate, parseExperienceId, preferredWait } from '../../http/index.js';
import type { Actor } from '../../http/index.js';
import type { LocalDate } from '../../time/index.js';
import type { Backfill } from './backfill.js';
import type { BackfillReport } from './backfill.shape.js';
import { Backfills } from './backfills.js';
import { RunRequest } from './backfill-request.js';

/** For admins: fetches days now. Answers at once (202), or after the backfill if the client prefers to wait. */
@Controller('api/v1')
@UseGuards(AdminGuard)
export class BackfillController {
  constructor(
    private readonly backfills: Backfills,
    private readonly catalogue: Catalogue,
    private readonly audit: AuditTrail,
    private readonly settings: MirrorSettings,
  ) {}

  @Post('experience/:id/days/:date/refresh')
  @Header('cache-control', 'no-store')
  async day(
    @Param('id') id: string,
    @Param('date') text: string,
    @Headers('prefer') prefer: string | undefined,
    @ByAdmin() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BackfillReport> {
    const experienceId = parseExperienceId(id);
    const date = parseDate(text);
    const backfill = await this.refresh(experienceId, { date, days: 1 });
    await this.audit.record(actor, { action: 'day.refresh', experienceId, detail: { date } });
    return answer(backfill, prefer, reply);
  }

  @Post('experience/:id/refresh')
  @Header('cache-control', 'no-store')
  async experience(
    @Param('id') id: string,
    @Headers('prefer') prefer: string | undefined,
    @ByAdmin() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BackfillReport> {
    const experienceId = parseExperienceId(id);
    const backfill = await this.refresh(experienceId, { date: null, days: this.settings.windowDays });
    await this.audit.record(actor, { action: 'experience.refresh', experienceId });
    return answer(backfill, prefer, reply);
  }

  /** One backfill of the days that are older than the max age of their tier, for schedulers that wake a sleeping service. */
  @Post('sync/run')
  @Header('cache-control', 'no-store')
  async run(
    @Headers('prefer') prefer: string | undefined,
    @ByAdmin() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() request?: RunRequest,
  ): Promise<BackfillReport> {
    const days = request?.days ?? this.settings.windowDays;
    const { experiences } = request ?? {};
    const fresh = request?.fresh ?? false;
    const experienceIds = experiences ? [...new Set(experiences)].toSorted((a, b) => a - b) : null;
    for (const id of experienceIds ?? []) if (!(await this.catalogue.find(id))) throw unknownExperience(id);
    const backfill = await this.backfills.take({ experienceIds, date: null, days, fresh });
    await this.audit.record(actor, { action: 'sync.run', detail: { days, experiences: experienceIds, fresh } });
    return answer(backfill, prefer, reply);
  }

  private async refresh(id: number, part: { date: LocalDate | null; days: number }): Promise<Backfill> {
    const entry = await this.catalogue.find(id);
    if (!entry) throw unknownExperience(id);
    const backfill = await this.backfills.take({ experienceIds: [id], ...part, fresh: true });
    if (backfill.report().days > 0) return backfill;
    const why = entry.pausedAt
      ? 'the experience is paused'
      : 'it is past, beyond the window, or nobody can book it any more';
    throw new ApiProblem('NOTHING_TO_FETCH', `No day of it can be fetched: ${why}.`);
  }
}

async function answer(backfill: Backfill, prefer: string | undefined, reply: FastifyReply): Promise<BackfillReport> {
  const seconds = preferredWait(prefer);
  if (seconds !== undefined) {
    await backfill.end(AbortSignal.timeout(seconds * 1_000));
    void reply.header('preference-applied', `wait=${seconds}`);
  }
  void reply.status(backfill.over ? 200 : 202);
  return backfill.report();
}
