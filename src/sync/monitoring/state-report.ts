import { UNANSWERED } from '../../inventory/index.js';
import type { BudgetReport } from '../budget/budget.shape.js';
import type { BudgetState } from '../budget/supplier-budget.js';
import { isRefusing, REPORTED_FROM_MS } from '../budget/transitions.js';
import { ALL_USABLE, isUnusable } from '../budget/unusable.js';
import type { HeldProducts } from '../fetch/product-health.js';
import type { ControlState } from '../pause/sync-control.js';
import { adviceFor } from './advice.js';
import type { RecordingTrouble } from './recording.js';
import type { Cause, State } from './status.shape.js';

export interface StateFacts {
  readonly control: ControlState;
  /** Null: no request was sent so far. */
  readonly budget: BudgetState | null;
  readonly report: BudgetReport;
  readonly held: readonly HeldProducts[];
  /** Null: answers can be recorded. */
  readonly recording: RecordingTrouble | null;
  /** When recording last worked again after a trouble; null: no trouble so far. */
  readonly recordedAgainAt: Date | null;
  /** Experiences that are not paused. */
  readonly experiences: number;
  readonly now: Date;
}

export interface StateReport {
  readonly state: State;
  /** When this state began. */
  readonly since: Date;
  /** Null: the sync runs. */
  readonly cause: Cause | null;
  /** When the next request may be sent; null: unknown, or not before someone resumes. */
  readonly nextAttemptAt: string | null;
}

/** The state of the sync, its beginning, its cause, and what to do. */
export function stateReport(facts: StateFacts): StateReport {
  const { control, budget, report, recording } = facts;
  if (control.pausedAt) return pausedReport(control);
  if (recording) return notRecordingReport(recording);
  // Nothing is asked of it, so nothing would end what its last answers were.
  if (facts.experiences === 0) return { ...runningReport(facts), nextAttemptAt: null };
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
  const waits = report.blockedUntil !== null && isLong(budget);
  if (budget && (waits || isRefusing(budget))) {
    const text = budget.refusal ?? 'The supplier asked us to wait.';
    const cause = { code: 'refusal', text, advice: adviceFor('refusal') };
    const since = budget.refusedSince ?? budget.blockedAt ?? control.since;
    return { state: 'refused', since, cause, nextAttemptAt: report.blockedUntil ?? report.nextAt };
  }
  return unusableReport(facts) ?? runningReport(facts);
}

/** No request is sent, because its answer could not be recorded. */
export function notRecordingReport({ code, text, since }: RecordingTrouble): StateReport {
  return { state: 'not_recording', since, cause: { code, text, advice: adviceFor(code) }, nextAttemptAt: null };
}

/** The last wait that the supplier asked for is one that is reported. */
function isLong(budget: BudgetState | null): boolean {
  return (budget?.blockedMs ?? Infinity) >= REPORTED_FROM_MS;
}

function pausedReport({ pausedAt, pausedBy, reason, pausedUntil, since }: ControlState): StateReport {
  const who = pausedBy === null ? 'It was paused' : `It was paused by ${pausedBy}`;
  const text = reason === null || reason === '' ? `${who}.` : `${who}: ${reason}`;
  const cause = { code: 'pause', text, advice: adviceFor('pause') };
  return { state: 'paused', since: pausedAt ?? since, cause, nextAttemptAt: pausedUntil?.toISOString() ?? null };
}

/** The report if one answer after another is unusable, or all products are held; undefined: neither. */
function unusableReport({ budget, report, held, experiences }: StateFacts): StateReport | undefined {
  const products = held.reduce((sum, each) => sum + each.products, 0);
  const allHeld = experiences > 0 && products >= experiences;
  if (!budget || !(isUnusable(budget) || allHeld)) return undefined;
  const most = [...held].sort((a, b) => b.products - a.products)[0];
  const { unusableKind, unusableDetail, unusableSince } = isUnusable(budget) ? budget : ALL_USABLE;
  const code = unusableKind ?? most?.kind ?? 'bad_answer';
  const text = unusableDetail ?? most?.detail ?? 'The supplier’s answers are unusable.';
  const since = unusableSince ?? most?.since ?? new Date(0);
  return { state: stateOf(code), since, cause: { code, text, advice: adviceFor(code) }, nextAttemptAt: report.nextAt };
}

function stateOf(code: string): State {
  if (code === 'unauthorized') return 'unauthorized';
  return UNANSWERED.some((kind) => kind === code) ? 'outage' : 'unusable';
}

function runningReport({ control, budget, report, recordedAgainAt, now }: StateFacts): StateReport {
  const blockedUntil = isLong(budget) ? budget?.blockedUntil : null;
  const ended = [control.since, recordedAgainAt, budget?.recoveredAt, blockedUntil].flatMap((at) =>
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
