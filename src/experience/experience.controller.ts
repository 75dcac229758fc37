import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MirrorSettings } from '../config/index.js';
import { MissLimit, ResponseCache, sendFresh } from '../http/index.js';
import { Clock } from '../time/index.js';
import { AvailabilityService } from './availability.service.js';
import { Catalogue } from './catalogue.js';
import { ReadTally } from './read-tally.js';
import { datesUrl, slotsUrl } from './read-urls.js';
import { parseDateQuery, parseExperienceId } from './request-parsing.js';

/** The public read API. */
@Controller('api/v1/experience')
export class ExperienceController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly availability: AvailabilityService,
    private readonly cache: ResponseCache,
    private readonly tally: ReadTally,
    private readonly limit: MissLimit,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list() {
    const entries = await this.catalogue.list();
    return {
      experiences: entries.map(({ id, name, timeZone, pausedAt }) => ({
        id,
        name,
        timeZone: timeZone ?? this.settings.defaultTimeZone,
        syncing: pausedAt === null,
      })),
    };
  }

  @Get(':id/slots')
  async slots(
    @Param('id') id: string,
    @Query('date') date: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const experienceId = parseExperienceId(id);
    const day = parseDateQuery(date);
    await this.limit.take(request, reply);
    const read = () => this.availability.slots(experienceId, day);
    const answer = await this.cache.fill(slotsUrl(experienceId, day), read);
    this.tally.count(answer.about);
    sendFresh(request, reply, answer, this.clock.now());
  }

  @Get(':id/dates')
  async dates(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const experienceId = parseExperienceId(id);
    await this.limit.take(request, reply);
    const answer = await this.cache.fill(datesUrl(experienceId), () => this.availability.dates(experienceId));
    this.tally.count(answer.about);
    sendFresh(request, reply, answer, this.clock.now());
  }
}
