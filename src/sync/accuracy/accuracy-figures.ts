import type { AccuracyFigures, AuditedDays } from './accuracy.shape.js';
import type { Truth } from './read-truth.js';
import { wilson, Z95 } from './wilson.js';

export interface AuditCounts {
  readonly audits: number;
  readonly trueAudits: number;
}

/**
 * Sums as shares. The interval holds two doubts: how often changed days changed (between once and twice as often as the rates
 * say), and when they did, which evens out over many intervals.
 */
export function figuresOf({ reads, unchanged, measured, low, high, variance, expected }: Truth): AccuracyFigures {
  if (!(reads > 0)) {
    return { reads: 0, measured: null, lower: null, upper: null, certain: null, expected: null };
  }
  const reach = Z95 * Math.sqrt(variance);
  return {
    reads: Math.round(reads * 100) / 100,
    measured: share(measured / reads),
    lower: share(Math.max(unchanged, low - reach) / reads),
    upper: share((high + reach) / reads),
    certain: share(unchanged / reads),
    expected: share(expected / reads),
  };
}

export function auditedOf({ audits, trueAudits }: AuditCounts): AuditedDays {
  if (audits === 0) return null;
  const { lower, upper } = wilson(trueAudits, audits);
  return {
    days: audits,
    unchanged: trueAudits,
    share: share(trueAudits / audits),
    lower: share(lower),
    upper: share(upper),
  };
}

function share(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
}
