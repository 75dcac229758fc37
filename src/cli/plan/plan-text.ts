import { tierText } from '../../config/index.js';
import { countText, shareText, type CapacityReport, type TierCapacityReport } from '../../sync/index.js';

/** Columns after the first are aligned right. */
const HEAD = ['tier', 'days', 'needs a day', 'holds', 'days kept'];

/** A plan for people to read. */
export function planText(plan: CapacityReport): string {
  const head =
    `${counted(plan.experiences, 'experience')} × ${counted(windowOf(plan), 'day')}, ` +
    `${counted(plan.requestsPerMinute, 'request')} a minute\n`;
  return [head, table(plan), facts(plan), `${conclusion(plan)}\n`].join('\n');
}

function table(plan: CapacityReport): string {
  const days = plan.tiers.reduce((sum, tier) => sum + tier.days, 0);
  const all = ['all', countText(days), countText(plan.neededPerDay), yesOrNo(plan.feasible)];
  return aligned([HEAD, ...plan.tiers.map(tierRow), all]);
}

function tierRow({ withinDays, maxAgeSeconds, days, neededPerDay, holds, keptShare }: TierCapacityReport): string[] {
  // Rounded down: 100 % means all.
  const kept = `${holds ? '' : '~'}${Math.floor(keptShare * 100)} %`;
  return [tierText(withinDays, maxAgeSeconds * 1_000), countText(days), countText(neededPerDay), yesOrNo(holds), kept];
}

function facts(plan: CapacityReport): string {
  const oldest = plan.rounds
    ? 'nothing gets older than 96 hours'
    : 'days that are hardly read may get older than 96 hours';
  const rates = plan.learned ? 'learned' : 'assumed';
  const lines = [
    ['the budget gives', `${countText(plan.budgetPerDay)} requests a day`],
    ['one round of all days', `${plan.roundHours.toLocaleString('en')} hours: ${oldest}`],
    [
      'expected freshness',
      `${shareText(plan.expectedFreshness)} of reads are true, requests placed by value (rates: ${rates})`,
    ],
    ['all max ages kept with', `${counted(plan.requestsPerMinuteForAll, 'request')} a minute`],
  ];
  const width = Math.max(...lines.map(([name = '']) => name.length));
  return lines.map(([name = '', value = '']) => `${name.padEnd(width)}  ${value}\n`).join('');
}

function conclusion({
  feasible,
  experiences,
  neededPerDay,
  budgetPerDay,
  requestsPerMinuteForAll,
}: CapacityReport): string {
  const most = Math.floor((experiences * budgetPerDay) / neededPerDay);
  if (feasible) return `The budget is sufficient: every max age is kept, for up to ${countText(most)} experiences.`;
  const fewer = most > 0 ? `, longer tiers, or at most ${counted(most, 'experience')}` : ' or longer tiers';
  return (
    'The budget is insufficient: requests go where they prevent most stale reads, and some days exceed their max age.\n' +
    `Keeping all takes ${counted(requestsPerMinuteForAll, 'request')} a minute${fewer}.`
  );
}

function windowOf({ tiers }: CapacityReport): number {
  return tiers.at(-1)?.withinDays ?? 0;
}

function counted(count: number, thing: string): string {
  return `${countText(count)} ${thing}${count === 1 ? '' : 's'}`;
}

function yesOrNo(answer: boolean): string {
  return answer ? 'yes' : 'no';
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => `${row.map(cell).join('  ').trimEnd()}\n`).join('');
}
