import { Controller, Get, Header, Query, UseGuards } from '@nestjs/common';
import {
  AdminGuard,
  ByAdmin,
  cursorOf,
  parseCursor,
  parseExperienceId,
  parseLimit,
  type Actor,
} from '../http/index.js';
import { AuditTrail, type AuditEntry } from './audit-trail.js';
import { AUDIT_LIMIT, type AuditPage, type AuditReport, type Identity } from './audit.shape.js';

/** For admins: who am I, and who did what? */
@Controller('api/v1/admin')
@UseGuards(AdminGuard)
export class AuditController {
  constructor(private readonly trail: AuditTrail) {}

  @Get('whoami')
  @Header('cache-control', 'no-store')
  whoami(@ByAdmin() { name }: Actor): Identity {
    return { name };
  }

  @Get('audit')
  @Header('cache-control', 'no-store')
  async list(
    @Query('cursor') cursor: unknown,
    @Query('limit') limit: unknown,
    @Query('experience') experience: unknown,
  ): Promise<AuditPage> {
    const most = parseLimit(limit, AUDIT_LIMIT.most, AUDIT_LIMIT.usual);
    const entries = await this.trail.list({
      before: parseCursor(cursor),
      limit: most,
      experienceId: experience === undefined ? undefined : parseExperienceId(experience),
    });
    const last = entries.length === most ? entries.at(-1) : undefined;
    return { entries: entries.map(entryReport), nextCursor: last ? cursorOf(last.id) : null };
  }
}

function entryReport({ id, at, detail, ...entry }: AuditEntry): AuditReport {
  return { id: String(id), at: at.toISOString(), ...entry, detail: detail as AuditReport['detail'] };
}
