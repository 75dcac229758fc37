import { Body, Controller, Get, Header, HttpCode, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ServerSettings } from '../../config/index.js';
import {
  AdminGuard,
  AdminKeys,
  ByAdmin,
  ClientRateLimit,
  countMisses,
  cursorOf,
  isAdmin,
  JointWork,
  parseCursor,
  parseLimit,
  pauseOrder,
  PauseRequest,
  type Actor,
} from '../../http/index.js';
import { Clock } from '../../time/index.js';
import { runReport } from './run-report.js';
import { RUNS_LIMIT, type RunPage } from './run.shape.js';
import type { SyncStatus } from './status.shape.js';
import { SyncControl } from '../pause/sync-control.js';
import { SyncRuns } from './sync-runs.js';
import { SyncStatusReader } from './sync-status.js';

/** RFC 9745: the date since which the original service's verbs are deprecated (2026-11-24, epoch seconds). */
const DEPRECATED_SINCE = '@1795478400';

/** The control API. */
@Controller('api/v1/sync')
export class SyncController {
  /** All statements of a status once, however many ask at a time. It is the same for admins. */
  private readonly jointStatus = new JointWork(() => this.status.read());

  constructor(
    private readonly control: SyncControl,
    private readonly status: SyncStatusReader,
    private readonly runs: SyncRuns,
    private readonly clock: Clock,
    private readonly keys: AdminKeys,
    private readonly limit: ClientRateLimit,
    private readonly settings: ServerSettings,
  ) {}

  /** Admins share no read: one that began before their request may not show yet what they have just changed. */
  @Get('status')
  @Header('cache-control', 'no-store')
  async read(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SyncStatus> {
    if (isAdmin(request, this.keys)) return this.status.read();
    await this.count(request, reply);
    return this.jointStatus.run();
  }

  @Get('runs')
  @Header('cache-control', 'no-store')
  async list(
    @Query('cursor') cursor: unknown,
    @Query('limit') limit: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunPage> {
    const most = parseLimit(limit, RUNS_LIMIT.most, RUNS_LIMIT.usual);
    const before = parseCursor(cursor);
    if (!isAdmin(request, this.keys)) await this.count(request, reply);
    const runs = await this.runs.list(before, most);
    const last = runs.length === most ? runs.at(-1) : undefined;
    return { runs: runs.map(runReport), nextCursor: last ? cursorOf(last.id) : null };
  }

  @Post('pause')
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  async pause(@ByAdmin() actor: Actor, @Body() request?: PauseRequest): Promise<SyncStatus> {
    await this.control.pause(actor, pauseOrder(request, this.clock.now()));
    return this.status.read();
  }

  @Post('resume')
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  async resume(@ByAdmin() actor: Actor): Promise<SyncStatus> {
    await this.control.resume(actor);
    return this.status.read();
  }

  /** The original service's verb. A GET that changes state is deprecated. HEAD only reports the state. */
  @Get('pause')
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  @Header('deprecation', DEPRECATED_SINCE)
  @Header('link', '</api/v1/sync/pause>; rel="successor-version"; title="POST"')
  pauseByGet(@ByAdmin() actor: Actor, @Req() { method }: FastifyRequest): Promise<SyncStatus> {
    return method === 'HEAD' ? this.status.read() : this.pause(actor);
  }

  /** The original service's verb. A GET that changes state is deprecated. HEAD only reports the state. */
  @Get('resume')
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  @Header('deprecation', DEPRECATED_SINCE)
  @Header('link', '</api/v1/sync/resume>; rel="successor-version"; title="POST"')
  resumeByGet(@ByAdmin() actor: Actor, @Req() { method }: FastifyRequest): Promise<SyncStatus> {
    return method === 'HEAD' ? this.status.read() : this.resume(actor);
  }

  /** Anybody may ask. */
  private count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return countMisses(this.limit, this.settings, request, reply);
  }
}
