import type { Accuracy, AccuracyFigures, AuditedDays } from '../../sync/accuracy/accuracy.shape.js';
import { count, percent } from './format.js';

type Lead = Accuracy['suppliers'][number]['leads'][number];

/** `95.2 % (90.1 % to 96.4 %)` */
export function measuredText({ measured, lower, upper }: AccuracyFigures): string {
  if (measured === null || lower === null || upper === null) return 'not measured yet';
  return `${percent(measured)} (${percent(lower)} to ${percent(upper)})`;
}

export function expectedText({ expected }: AccuracyFigures): string {
  return expected === null ? '–' : percent(expected);
}

/** `95.0 % (76.3 % to 99.1 %), 19 of 20` */
export function auditedText(audited: AuditedDays): string {
  if (!audited || audited.days === 0) return 'no audit yet';
  const { days, unchanged, share, lower, upper } = audited;
  return `${percent(share)} (${percent(lower)} to ${percent(upper)}), ${count(unchanged)} of ${count(days)}`;
}

/** `today`, `1–2 days ahead`, `31 days ahead or more` */
export function leadText({ from, to }: Pick<Lead, 'from' | 'to'>): string {
  if (to === null) return `${from} days ahead or more`;
  if (to === 0) return 'today';
  return from === to ? `${from} days ahead` : `${from}–${to} days ahead`;
}

/** What the figures mean together. */
export function summaryText(total: Accuracy['total']): string {
  const { measured, upper, lower, expected } = total;
  if (measured === null || upper === null || lower === null) {
    return 'No confirmation has judged a read in this time. A read is judged when its day is confirmed next.';
  }
  const said = `Readers saw the truth in ${percent(measured)} of ${count(total.reads)} judged reads`;
  if (expected === null) return `${said}.`;
  if (upper < expected) {
    return `${said}. ${percent(expected)} were expected: days change more often than was learned, which should even out within a day. If it lasts, raise the budget or look at the experiences below.`;
  }
  if (lower > expected) return `${said}, more than the expected ${percent(expected)}.`;
  return `${said}, as expected (${percent(expected)}).`;
}
