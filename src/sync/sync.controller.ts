import { Body, Controller, Get, Header, HttpCode, Post, UseGuards } from '@nestjs/common';
import { AdminGuard } from '../http/index.js';
import { PauseRequest } from './pause-request.js';
import type { SyncStatus } from './status-report.js';
import { SyncControl } from './sync-control.js';
import { SyncStatusReader } from './sync-status.js';

/** Who pauses, as the status tells it. */
const ADMIN = 'admin';
/** RFC 9745: since when the original service's verbs are deprecated (2026-11-24, epoch seconds). */
const DEPRECATED_SINCE = '@1795478400';

/** The control API. */
@Controller('api/v1/sync')
export class SyncController {
  constructor(
    private readonly control: SyncControl,
    private readonly status: SyncStatusReader,
  ) {}

  @Get('status')
  @Header('cache-control', 'no-store')
  read(): Promise<SyncStatus> {
    return this.status.read();
  }

  @Post('pause')
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  async pause(@Body() request?: PauseRequest): Promise<SyncStatus> {
    await this.control.pause(ADMIN, request?.reason ?? null);
    return this.status.read();
  }

  @Post('resume')
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  async resume(): Promise<SyncStatus> {
    await this.control.resume();
    return this.status.read();
  }

  /** The original service's verb; a GET that changes state is deprecated. */
  @Get('pause')
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  @Header('deprecation', DEPRECATED_SINCE)
  @Header('link', '</api/v1/sync/pause>; rel="successor-version"; title="POST"')
  pauseByGet(): Promise<SyncStatus> {
    return this.pause();
  }

  /** The original service's verb; a GET that changes state is deprecated. */
  @Get('resume')
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  @Header('deprecation', DEPRECATED_SINCE)
  @Header('link', '</api/v1/sync/resume>; rel="successor-version"; title="POST"')
  resumeByGet(): Promise<SyncStatus> {
    return this.resume();
  }
}
