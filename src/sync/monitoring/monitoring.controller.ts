import { Controller, Get, Header, Param, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  AdminGuard,
  ApiProblem,
  parseDate,
  parseExperienceId,
  parseLimit,
  RESPONSE_HEADERS,
} from '../../http/index.js';
import type { DayDetail } from './day-detail.shape.js';
import { DayDetails } from './day-details.js';
import { DayMaps } from './day-map.js';
import { MAP_LIMIT, type DayMap } from './day-map.shape.js';
import type { History } from './history.shape.js';
import { LiveFeed, MOST_LISTENERS } from './live-feed.js';
import { SyncHistory } from './sync-history.js';

/** For admins: how accurate the mirror is, and the causes where it is not. */
@Controller('api/v1/sync')
@UseGuards(AdminGuard)
export class MonitoringController {
  constructor(
    private readonly maps: DayMaps,
    private readonly details: DayDetails,
    private readonly charts: SyncHistory,
    private readonly feed: LiveFeed,
  ) {}

  @Get('days')
  @Header('cache-control', 'no-store')
  days(@Query('after') after: unknown, @Query('limit') limit: unknown): Promise<DayMap> {
    return this.maps.read(
      after === undefined ? 0 : parseExperienceId(after),
      parseLimit(limit, MAP_LIMIT.most, MAP_LIMIT.usual),
    );
  }

  @Get('days/:id/:date')
  @Header('cache-control', 'no-store')
  async day(@Param('id') id: string, @Param('date') date: string): Promise<DayDetail> {
    const key = { experienceId: parseExperienceId(id), date: parseDate(date) };
    const detail = await this.details.read(key);
    if (detail) return detail;
    throw new ApiProblem('DATE_NOT_COVERED', `Experience ${key.experienceId} has no day ${key.date} in the mirror.`);
  }

  @Get('history')
  @Header('cache-control', 'no-store')
  history(@Query('range') range: unknown = 'hour'): Promise<History> {
    if (range !== 'hour' && range !== 'day') {
      throw new ApiProblem('INVALID_REQUEST', 'The range is "hour" or "day".');
    }
    return this.charts.history(range);
  }

  /** Server-sent events, to be read with `fetch`, because an EventSource cannot send the key. */
  @Get('events')
  events(@Res() reply: FastifyReply): void {
    if (this.feed.watching >= MOST_LISTENERS) {
      const detail = `${MOST_LISTENERS} watch already; close one of them.`;
      throw new ApiProblem('OVERLOADED', detail, { retryAfterSeconds: 60 });
    }
    reply.hijack();
    reply.raw.writeHead(200, [
      ...RESPONSE_HEADERS,
      ...['content-type', 'text/event-stream; charset=utf-8', 'cache-control', 'no-store, no-transform'],
      ...['x-accel-buffering', 'no', 'x-request-id', reply.request.id],
    ]);
    this.feed.add(reply.raw);
  }
}
