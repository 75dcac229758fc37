import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ServerSettings } from '../config/index.js';
import { clientAddress, parseExperienceId, refuseUnknown } from '../http/index.js';
import { CacheMisses } from './cache-misses.js';
import { availabilityRead, datesRead, type Read } from './read-urls.js';
import { parseDateQuery } from './request-parsing.js';

/** The public read API, for URLs that the read fast path leaves to the framework. */
@Controller('api/v1')
export class ExperienceController {
  constructor(
    private readonly misses: CacheMisses,
    private readonly settings: ServerSettings,
  ) {}

  @Get('experience/:id/slots')
  async slots(
    @Param('id') id: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const experienceId = parseExperienceId(id);
    const date = parseDateQuery(query['date']);
    refuseUnknown(query, ['date']);
    await this.answer({ kind: 'slots', experienceId, date }, request, reply);
  }

  @Get('experience/:id/dates')
  async dates(
    @Param('id') id: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer(datesRead(parseExperienceId(id), query), request, reply);
  }

  @Get('availability')
  async availability(
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer(availabilityRead(query), request, reply);
  }

  private async answer(read: Read, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const client = clientAddress(request.raw, this.settings.trustedProxies);
    reply.hijack();
    await this.misses.answer(read, request.raw, reply.raw, client, request.id);
  }
}
