import { parseInteger, parseRequestsPerMinute, parseTiers } from '../../config/index.js';
import { capacityPlan, capacityReport } from '../../sync/index.js';
import { resultText, type Command } from '../command.js';
import { UsageError } from '../options.js';
import { configured, type Configured, type ConfiguredMirror } from './configured.js';
import { planText } from './plan-text.js';

export const OPTIONS = {
  supplier: {
    value: 'NAME',
    parse: (text: string) => text,
    help: 'one of SUPPLIERS_FILE: its budget, tiers, products and dates a request',
  },
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
  run: async ({ json, supplier: name, ...given }, { stdout }) => {
    const mirror = await configured();
    const supplier = chosen(mirror, name, given.experiences !== undefined && given.budget !== undefined);
    const experiences = given.experiences ?? supplier.experiences;
    if (experiences === 0) {
      const list = mirror.file === null ? 'EXPERIENCES' : `The entry of ${supplier.name} in SUPPLIERS_FILE`;
      throw new UsageError(`${list} lists none: say how many with --experiences N`);
    }
    const { datesPerRequest } = supplier;
    const requestsPerMinute = given.budget ?? supplier.requestsPerMinute;
    const tiers = given.tiers ?? supplier.tiers;
    const report = capacityReport(capacityPlan({ experiences, requestsPerMinute, tiers, datesPerRequest }));
    stdout.write(resultText(report, json, planText));
    return 0;
  },
};

/** @param isGiven the number of experiences and the budget are given, so that any supplier may be meant */
function chosen({ suppliers, tiers }: ConfiguredMirror, name: string | undefined, isGiven: boolean): Configured {
  const names = suppliers.map((supplier) => supplier.name).join(', ');
  if (name !== undefined) {
    const found = suppliers.find((supplier) => supplier.name === name);
    if (!found) throw new UsageError(`--supplier: "${name}" is not configured; write one of ${names}`);
    return found;
  }
  const [sole, ...others] = suppliers;
  if (sole && others.length === 0) return sole;
  if (isGiven) return { name: '', experiences: 0, requestsPerMinute: 0, tiers, datesPerRequest: 1 };
  throw new UsageError(`SUPPLIERS_FILE lists several suppliers: say which with --supplier NAME, one of ${names}`);
}
