import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ApiProblem } from '../http/index.js';
import type { ExperienceEntry } from './catalogue-entry.js';
import type { ExperienceReport } from './experience.shape.js';

@Injectable()
export class ExperienceReports {
  constructor(private readonly settings: MirrorSettings) {}

  of(entry: ExperienceEntry, forAdmins: boolean): ExperienceReport {
    const { id, supplier, product, option, name, timeZone, pausedAt } = entry;
    return {
      ...{ id, name, timeZone: timeZone ?? this.settings.defaultTimeZone, syncing: pausedAt === null },
      ...(forAdmins && { supplier, product, option }),
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
