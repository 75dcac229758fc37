import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../app.module.js';
import { parseIds, parseInteger, type EnvironmentSource } from '../../config/index.js';
import { startFailure } from '../../prisma/index.js';
import { resultText, type Command } from '../command.js';
import { Progress } from '../progress.js';
import { StderrLogger } from '../stderr-logger.js';
import { stopSignal } from '../stop-signal.js';
import { backfillDays } from './backfill.js';
import { outcomeText, progressText } from './backfill-text.js';

export const OPTIONS = {
  days: { value: 'N', parse: parseInteger(1, 366), help: 'dates from today on (else all that are mirrored)' },
  experience: { value: 'ID', parse: idsOf, repeats: true, help: 'only this one; may be repeated' },
  fresh: { help: 'also the days that are within their max age' },
  json: { help: 'one JSON document at the end, for machines' },
} as const;

/** The backfill as a command. */
export const backfill: Command<typeof OPTIONS> = {
  name: 'sync',
  purpose: 'Fetches the days that are older than their max age, within the budget, and ends.',
  options: OPTIONS,
  notes: `It may run beside servers on the same database. Exit codes: 0 when every day was confirmed, 1 when some were not, 2
when it was called wrongly. Settings come from the environment and .env, as for the server.`,
  run: async ({ days, experience, fresh, json }, { stdout, stderr }) => {
    const stop = stopSignal();
    const logger = new StderrLogger();
    Logger.overrideLogger(logger);
    const module = await AppModule.register({ intervals: false, environment: withoutAdminKey });
    const app = await NestFactory.createApplicationContext(module, { logger, abortOnError: false });
    try {
      const progress = new Progress(stderr);
      const request = { days, experienceIds: experience.length > 0 ? [...new Set(experience.flat())] : null, fresh };
      const report = await backfillDays(app, request, stop, (soFar) => {
        progress.show(soFar.days - soFar.left, soFar.days, progressText(soFar));
      });
      progress.end();
      stdout.write(resultText(report, json, outcomeText));
      return report.state === 'done' ? 0 : 1;
    } finally {
      await app.close();
    }
  },
  explain: (error) => {
    const why = startFailure(error) ?? (error instanceof Error ? error.message : '');
    return why.includes('is already running')
      ? `${why}\nOr let the running server do it: POST /api/v1/sync/run`
      : startFailure(error);
  },
};

/** Nothing is served here: a missing admin key is not generated and announced. */
const withoutAdminKey: EnvironmentSource = {
  overrides: ({ ADMIN_API_KEY, ADMIN_API_KEYS }) =>
    ADMIN_API_KEY || ADMIN_API_KEYS ? {} : { ADMIN_API_KEY: randomUUID() },
};

function idsOf(text: string): readonly number[] {
  const ids = parseIds(text);
  if (ids.length === 0) throw new Error('no id given; write one like 14');
  return ids;
}
