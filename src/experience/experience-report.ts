import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ApiProblem } from '../http/index.js';
import type { ExperienceEntry } from './catalogue.js';

/** An experience as the API tells it. */
export interface ExperienceReport {
  readonly id: number;
  readonly name: string | null;
  /** IANA */
  readonly timeZone: string;
  readonly syncing: boolean;
  /** Its own pause; instants are ISO 8601 UTC. Who paused it, and why, is told to admins. */
  readonly paused: {
    readonly since: string;
    readonly until: string | null;
    readonly by?: string | null;
    readonly reason?: string | null;
  } | null;
}

@Injectable()
export class ExperienceReports {
  constructor(private readonly settings: MirrorSettings) {}

  of(entry: ExperienceEntry, forAdmins: boolean): ExperienceReport {
    const { id, name, timeZone, pausedAt } = entry;
    return {
      ...{ id, name, timeZone: timeZone ?? this.settings.defaultTimeZone, syncing: pausedAt === null },
      paused: pausedAt && {
        since: pausedAt.toISOString(),
        until: entry.pausedUntil?.toISOString() ?? null,
        ...(forAdmins && { by: entry.pausedBy, reason: entry.pauseReason }),
      },
    };
  }
}

export function unknownExperience(id: number): ApiProblem {
  return new ApiProblem(
    'EXPERIENCE_NOT_FOUND',
    `Experience ${id} is not mirrored. GET /api/v1/experience lists those that are.`,
  );
}
