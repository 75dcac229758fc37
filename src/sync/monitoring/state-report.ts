import { UNANSWERED } from '../../inventory/index.js';
import type { BudgetReport } from '../budget/budget.shape.js';
import type { BudgetState } from '../budget/supplier-budget.js';
import { ALL_USABLE, isUnusable } from '../budget/unusable.js';
import type { ControlState } from '../pause/sync-control.js';
import { adviceFor } from './advice.js';
import type { RecordingTrouble } from './recording.js';
import type { Cause, State } from './status.shape.js';

/** Products of which nothing but failures comes, by what they fail with. */
export interface HeldProducts {
  readonly kind: string;
  readonly products: number;
  readonly since: Date;
  readonly detail: string;
}

export interface StateFacts {
  readonly control: ControlState;
  /** Null: nothing was asked so far. */
  readonly budget: BudgetState | null;
  readonly report: BudgetReport;
  readonly held: readonly HeldProducts[];
  /** Null: what is asked for can be recorded. */
  readonly recording: RecordingTrouble | null;
  /** When it could be again after it could not; null: it always could. */
  readonly recordedAgainAt: Date | null;
  /** Experiences that are not paused. */
  readonly experiences: number;
  readonly now: Date;
}

export interface StateReport {
  readonly state: State;
  /** When this state began. */
  readonly since: Date;
  /** Null: it runs. */
  readonly cause: Cause | null;
  /** When the next request may be sent; null: none will be before somebody resumes. */
  readonly nextAttemptAt: string | null;
}

/** A shorter wait is a matter of pace: a quota that is used up each second would be told with every other look. */
const TOLD_FROM_MS = 5_000;

/** The state of the sync, since when it is so, why, and what to do. */
export function stateReport(facts: StateFacts): StateReport {
  const { control, budget, report, recording } = facts;
  if (control.pausedAt) return pausedReport(control);
  if (recording) return notRecordingReport(recording);
  if (budget && report.circuit.state !== 'closed') {
    const { failingSince, failureKind, failure } = budget;
    const code = failureKind ?? 'unreachable';
    const cause = { code, text: failure ?? 'Requests fail without an answer.', advice: adviceFor(code) };
    return {
      state: 'outage',
      since: failingSince ?? control.since,
      cause,
      nextAttemptAt: report.circuit.retryAt ?? report.nextAt,
    };
  }
  if (budget && report.blockedUntil !== null && (budget.blockedMs ?? Infinity) >= TOLD_FROM_MS) {
    const text = budget.refusal ?? 'The supplier asked us to wait.';
    const cause = { code: 'refusal', text, advice: adviceFor('refusal') };
    return { state: 'refused', since: budget.blockedAt ?? control.since, cause, nextAttemptAt: report.blockedUntil };
  }
  return unusableReport(facts) ?? runningReport(facts);
}

/** Nothing can be asked for: what came back could not be kept. */
export function notRecordingReport({ code, text, since }: RecordingTrouble): StateReport {
  return { state: 'not_recording', since, cause: { code, text, advice: adviceFor(code) }, nextAttemptAt: null };
}

function pausedReport({ pausedAt, pausedBy, reason, pausedUntil, since }: ControlState): StateReport {
  const who = pausedBy === null ? 'It was paused' : `It was paused by ${pausedBy}`;
  const text = reason === null || reason === '' ? `${who}.` : `${who}: ${reason}`;
  const cause = { code: 'pause', text, advice: adviceFor('pause') };
  return { state: 'paused', since: pausedAt ?? since, cause, nextAttemptAt: pausedUntil?.toISOString() ?? null };
}

/** Where answer after answer is of no use, or all products are held. */
function unusableReport({ budget, report, held, experiences }: StateFacts): StateReport | undefined {
  const products = held.reduce((sum, each) => sum + each.products, 0);
  const allHeld = experiences > 0 && products >= experiences;
  if (!budget || !(isUnusable(budget) || allHeld)) return undefined;
  const most = [...held].sort((a, b) => b.products - a.products)[0];
  const { unusableKind, unusableDetail, unusableSince } = isUnusable(budget) ? budget : ALL_USABLE;
  const code = unusableKind ?? most?.kind ?? 'bad_answer';
  const text = unusableDetail ?? most?.detail ?? 'What the supplier answers is of no use.';
  const since = unusableSince ?? most?.since ?? new Date(0);
  return { state: stateOf(code), since, cause: { code, text, advice: adviceFor(code) }, nextAttemptAt: report.nextAt };
}

function stateOf(code: string): State {
  if (code === 'unauthorized') return 'unauthorized';
  return UNANSWERED.some((kind) => kind === code) ? 'outage' : 'unusable';
}

function runningReport({ control, budget, report, recordedAgainAt, now }: StateFacts): StateReport {
  const ended = [control.since, recordedAgainAt, budget?.recoveredAt, budget?.blockedUntil].flatMap((at) =>
    at && at <= now ? [at] : [],
  );
  const since = new Date(Math.max(...ended.map((at) => at.getTime())));
  return {
    state: 'running',
    since: ended.length > 0 ? since : control.since,
    cause: null,
    nextAttemptAt: report.nextAt,
  };
}
