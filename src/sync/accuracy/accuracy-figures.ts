import type { AccuracyFigures, AuditedDays } from './accuracy.shape.js';
import type { Truth } from './read-truth.js';
import { wilson, Z95 } from './wilson.js';

export interface AuditCounts {
  readonly audits: number;
  readonly trueAudits: number;
}

/**
 * Sums as shares. The interval does not trust the learned rates: its lower end is what is certain, as if each changed day had changed
 * at once. Its upper end is what a single change leaves on average, and what chance may add.
 */
export function figuresOf({ reads, unchanged, measured, high, variance, expected }: Truth): AccuracyFigures {
  if (!(reads > 0)) {
    return { reads: 0, measured: null, lower: null, upper: null, certain: null, expected: null };
  }
  return {
    reads: Math.round(reads * 100) / 100,
    measured: share(measured / reads),
    lower: share(unchanged / reads),
    upper: share((high + Z95 * Math.sqrt(variance)) / reads),
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
