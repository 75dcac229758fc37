import { parseInteger, parseRequestsPerMinute, parseTiers } from '../../config/index.js';
import { capacityPlan, capacityReport } from '../../sync/index.js';
import { resultText, type Command } from '../command.js';
import { UsageError } from '../options.js';
import { configured } from './configured.js';
import { planText } from './plan-text.js';

export const OPTIONS = {
  experiences: {
    value: 'N',
    parse: parseInteger(1, 100_000),
    help: 'how many are mirrored (else those of EXPERIENCES)',
  },
  budget: { value: 'N', parse: parseRequestsPerMinute, help: 'requests a minute (else SUPPLIER_REQUESTS_PER_MINUTE)' },
  tiers: { value: 'TIERS', parse: parseTiers, help: 'days:age pairs like 1:15m,7:4h,30:24h,61:24h (else SYNC_TIERS)' },
  json: { help: 'one JSON document, for machines' },
} as const;

export const plan: Command<typeof OPTIONS> = {
  name: 'plan',
  purpose: 'Calculates whether a budget keeps the max ages of the tiers. Calls neither the supplier nor a database.',
  options: OPTIONS,
  notes: 'Settings come from the environment and .env, as for the server.',
  run: async ({ json, ...given }, { stdout }) => {
    const settings = await configured();
    const experiences = given.experiences ?? settings.experiences;
    if (experiences === 0) throw new UsageError('EXPERIENCES lists none: say how many with --experiences N');
    const requestsPerMinute = given.budget ?? settings.budget;
    const report = capacityReport(
      capacityPlan({ experiences, requestsPerMinute, tiers: given.tiers ?? settings.tiers }),
    );
    stdout.write(resultText(report, json, planText));
    return 0;
  },
};
