import { Body, Controller, Delete, Get, Header, Headers, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AuditTrail } from '../../audit/index.js';
import { MirrorSettings } from '../../config/index.js';
import { Catalogue, unknownExperience } from '../../experience/index.js';
import {
  AdminGuard,
  ApiProblem,
  ByAdmin,
  parseDate,
  parseExperienceId,
  parseLimit,
  preferredWait,
} from '../../http/index.js';
import type { Actor } from '../../http/index.js';
import type { LocalDate } from '../../time/index.js';
import type { Backfill } from './backfill.js';
import { BackfillLog } from './backfill-log.js';
import { BACKFILLS_LIMIT, type BackfillList, type BackfillReport } from './backfill.shape.js';
import { Backfills } from './backfills.js';
import { RunRequest } from './backfill-request.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** For admins: fetches days now. Answers at once (202), or after the backfill if the client prefers to wait. */
@Controller('api/v1')
@UseGuards(AdminGuard)
export class BackfillController {
  constructor(
    private readonly backfills: Backfills,
    private readonly catalogue: Catalogue,
    private readonly log: BackfillLog,
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
    const backfill = await this.refresh(experienceId, { date, days: 1 }, actor);
    await this.audit.record(actor, { action: 'day.refresh', experienceId, detail: { date } });
    return this.answer(backfill, prefer, reply);
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
    const backfill = await this.refresh(experienceId, { date: null, days: this.settings.windowDays }, actor);
    await this.audit.record(actor, { action: 'experience.refresh', experienceId });
    return this.answer(backfill, prefer, reply);
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
    const backfill = await this.backfills.take({ experienceIds, date: null, days, fresh }, actor.name);
    await this.audit.record(actor, { action: 'sync.run', detail: { days, experiences: experienceIds, fresh } });
    return this.answer(backfill, prefer, reply);
  }

  @Get('sync/backfill')
  @Header('cache-control', 'no-store')
  async list(@Query('limit') limit: unknown): Promise<BackfillList> {
    return { backfills: await this.log.list(parseLimit(limit, BACKFILLS_LIMIT.most, BACKFILLS_LIMIT.usual)) };
  }

  @Get('sync/backfill/:id')
  @Header('cache-control', 'no-store')
  one(@Param('id') id: string): Promise<BackfillReport> {
    return this.found(id);
  }

  /** What is under way is still recorded; nothing more is requested. */
  @Delete('sync/backfill/:id')
  @Header('cache-control', 'no-store')
  async cancel(
    @Param('id') id: string,
    @ByAdmin() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BackfillReport> {
    await this.found(id);
    if (await this.backfills.cancel(id, actor)) {
      await this.audit.record(actor, { action: 'backfill.cancel', detail: { backfill: id } });
    }
    return sent(await this.found(id), reply);
  }

  private async refresh(id: number, part: { date: LocalDate | null; days: number }, actor: Actor): Promise<Backfill> {
    const entry = await this.catalogue.find(id);
    if (!entry) throw unknownExperience(id);
    const backfill = await this.backfills.take({ experienceIds: [id], ...part, fresh: true }, actor.name);
    if (backfill.report().days > 0) return backfill;
    const why = entry.pausedAt
      ? `Experience ${id} is paused. Resume it, then fetch.`
      : `Nothing of it is mirrored now: the date is past or beyond the mirrored ones, or its supplier is no longer configured.`;
    throw new ApiProblem('NOTHING_TO_FETCH', why);
  }

  private async answer(backfill: Backfill, prefer: string | undefined, reply: FastifyReply): Promise<BackfillReport> {
    const seconds = preferredWait(prefer);
    if (seconds !== undefined) {
      await backfill.end(AbortSignal.timeout(seconds * 1_000));
      void reply.header('preference-applied', `wait=${seconds}`);
    }
    await this.backfills.save();
    return sent(await this.found(backfill.id), reply);
  }

  /** @throws ApiProblem BACKFILL_NOT_FOUND */
  private async found(id: string): Promise<BackfillReport> {
    const backfill = UUID.test(id) ? await this.log.find(id) : undefined;
    if (backfill) return backfill;
    const detail = 'No backfill has this id, or it began more than a week ago. GET /api/v1/sync/backfill lists them.';
    throw new ApiProblem('BACKFILL_NOT_FOUND', detail);
  }
}

/** 202, with where to look, while it goes on. */
function sent(backfill: BackfillReport, reply: FastifyReply): BackfillReport {
  if (backfill.state === 'running') void reply.status(202).header('location', `/api/v1/sync/backfill/${backfill.id}`);
  else void reply.status(200);
  return backfill;
}
