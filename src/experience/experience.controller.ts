import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  clientAddress,
  MissLimit,
  parseExperienceId,
  refuseUnknown,
  sendFresh,
  type CacheableAnswer,
} from '../http/index.js';
import { ServerSettings } from '../config/index.js';
import { Clock } from '../time/index.js';
import { DirectReads } from './direct-reads.js';
import { PublicReads } from './public-reads.js';
import { parseDateQuery } from './request-parsing.js';

/** The public read API. */
@Controller('api/v1/experience')
export class ExperienceController {
  constructor(
    private readonly reads: PublicReads,
    private readonly direct: DirectReads,
    private readonly limit: MissLimit,
    private readonly settings: ServerSettings,
    private readonly clock: Clock,
  ) {}

  @Get(':id/slots')
  async slots(
    @Param('id') id: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const experienceId = parseExperienceId(id);
    const day = parseDateQuery(query['date']);
    refuseUnknown(query, ['date']);
    await this.send(request, reply, () => this.reads.slots(experienceId, day));
  }

  @Get(':id/dates')
  async dates(
    @Param('id') id: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const experienceId = parseExperienceId(id);
    refuseUnknown(query, []);
    await this.send(request, reply, () => this.reads.dates(experienceId));
  }

  /** Requests that could not be answered directly come here too: they are counted and tried already. */
  private async send(
    request: FastifyRequest,
    reply: FastifyReply,
    read: () => Promise<CacheableAnswer>,
  ): Promise<void> {
    const failure = this.direct.failureOf(request.raw);
    const limit = failure
      ? failure.limit
      : await this.limit.take(clientAddress(request.raw, this.settings.trustedProxies));
    for (let i = 0; limit && i < limit.headers.length; i += 2) {
      void reply.header(limit.headers[i] ?? '', limit.headers[i + 1]);
    }
    if (failure) throw failure.error;
    if (limit?.refusal) throw limit.refusal;
    sendFresh(request, reply, await read(), this.clock.now());
  }
}
