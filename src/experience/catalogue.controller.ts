import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LARGEST_ID, parseTimeZone, ServerSettings } from '../config/index.js';
import {
  AdminGuard,
  AdminKeys,
  ApiProblem,
  ByAdmin,
  ClientRateLimit,
  isAdmin,
  LoadShedder,
  type Actor,
} from '../http/index.js';
import {
  countMisses,
  cursorOf,
  parseExperienceCursor,
  parseExperienceId,
  parseLimit,
  pauseOrder,
  PauseRequest,
  sendTagged,
} from '../http/index.js';
import { Clock } from '../time/index.js';
import type { ExperienceChange } from './catalogue-entry.js';
import { Catalogue } from './catalogue.js';
import { DatabaseZones } from './database-zones.js';
import { Listings } from './listings.js';
import { ExperienceReports, unknownExperience } from './experience-report.js';
import { EXPERIENCES_LIMIT, type ExperiencePage, type ExperienceReport } from './experience.shape.js';
import { ExperienceChangeRequest, ExperienceRequest } from './experience-request.js';

const ALL = LARGEST_ID;
/** As many cache misses as reading and compressing the whole list costs, roughly. */
const MISSES_OF_ALL = 10;

/** What is mirrored: open to all; changed by admins. */
@Controller('api/v1/experience')
export class CatalogueController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly zones: DatabaseZones,
    private readonly listings: Listings,
    private readonly reports: ExperienceReports,
    private readonly keys: AdminKeys,
    private readonly clock: Clock,
    private readonly limit: ClientRateLimit,
    private readonly shedder: LoadShedder,
    private readonly settings: ServerSettings,
  ) {}

  /** Without a limit all, as the original service did. */
  @Get()
  async list(
    @Query('limit') limit: unknown,
    @Query('cursor') cursor: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const most = parseLimit(limit, EXPERIENCES_LIMIT.most, ALL);
    const after = parseExperienceCursor(cursor);
    const entries = await this.read(request, reply, most === ALL ? MISSES_OF_ALL : 1, () =>
      this.catalogue.list({ after, limit: most }),
    );
    const last = entries.length === most ? entries.at(-1) : undefined;
    const admin = isAdmin(request, this.keys);
    const page: ExperiencePage = {
      experiences: entries.map((entry) => this.reports.of(entry, admin)),
      nextCursor: last ? cursorOf(last.id) : null,
    };
    sendTagged(request, reply, page);
  }

  @Get(':id')
  async find(@Param('id') text: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const id = parseExperienceId(text);
    const report = await this.read(request, reply, 1, () => this.report(id, isAdmin(request, this.keys)));
    sendTagged(request, reply, report);
  }

  /** Anybody may read it, so it costs as a miss, and no more wait for the database than of other reads. Admins are not counted. */
  private async read<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    misses: number,
    work: () => Promise<T>,
  ): Promise<T> {
    if (isAdmin(request, this.keys)) return work();
    await countMisses(this.limit, this.settings, request, reply, misses);
    return this.shedder.run(work);
  }

  @Put(':id')
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  async put(
    @Param('id') text: string,
    @ByAdmin() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-none-match') ifNoneMatch?: string,
    @Body() request?: ExperienceRequest,
  ): Promise<ExperienceReport> {
    const id = parseExperienceId(text);
    const onlyAdd = ifNoneMatch?.trim() === '*';
    if (onlyAdd && (await this.catalogue.find(id))) throw existing(id);
    const listing = await this.listings.of(id, request ?? {});
    const { added, entry } = await this.catalogue
      .put(actor, id, listing, await this.changeOf(request), onlyAdd)
      .catch(async (error: unknown) => {
        // Another may have been added for the same product meanwhile, which is the better answer.
        await this.listings.of(id, request ?? {});
        throw error;
      });
    // Another request added it meanwhile.
    if (!entry) throw existing(id);
    void reply.status(added ? 201 : 200);
    return this.reports.of(entry, true);
  }

  @Patch(':id')
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  async change(
    @Param('id') text: string,
    @ByAdmin() actor: Actor,
    @Body() request?: ExperienceChangeRequest,
  ): Promise<ExperienceReport> {
    const id = parseExperienceId(text);
    if (!(await this.catalogue.change(actor, id, await this.changeOf(request)))) throw unknownExperience(id);
    return this.report(id);
  }

  @Delete(':id')
  @HttpCode(204)
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  async remove(@Param('id') text: string, @ByAdmin() actor: Actor): Promise<void> {
    const id = parseExperienceId(text);
    if (!(await this.catalogue.remove(actor, id))) throw unknownExperience(id);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  async pause(
    @Param('id') text: string,
    @ByAdmin() actor: Actor,
    @Body() request?: PauseRequest,
  ): Promise<ExperienceReport> {
    const id = parseExperienceId(text);
    await this.catalogue.pause(actor, id, pauseOrder(request, this.clock.now()));
    return this.report(id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @UseGuards(AdminGuard)
  @Header('cache-control', 'no-store')
  async resume(@Param('id') text: string, @ByAdmin() actor: Actor): Promise<ExperienceReport> {
    const id = parseExperienceId(text);
    await this.catalogue.resume(actor, id);
    return this.report(id);
  }

  private async changeOf({ name, timeZone }: ExperienceChangeRequest = {}): Promise<ExperienceChange> {
    if (typeof timeZone !== 'string') return { name, timeZone };
    const zone = parseTimeZone(timeZone);
    const objection = await this.zones.objectionTo(zone);
    if (objection !== undefined) throw new ApiProblem('INVALID_REQUEST', objection);
    return { name, timeZone: zone };
  }

  private async report(id: number, forAdmins = true): Promise<ExperienceReport> {
    const entry = await this.catalogue.find(id);
    if (!entry) throw unknownExperience(id);
    return this.reports.of(entry, forAdmins);
  }
}

function existing(id: number): ApiProblem {
  const detail = `Experience ${id} is mirrored already, and stays as it is. Change it without If-None-Match.`;
  return new ApiProblem('EXPERIENCE_EXISTS', detail);
}
