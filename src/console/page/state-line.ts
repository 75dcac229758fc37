import { byId, el } from './dom.js';
import { clock, count, percent, relative, upcoming } from './format.js';
import type { State, SyncState, SyncStatus } from '../../sync/monitoring/status.shape.js';

const NAMES: Readonly<Record<State, string>> = {
  running: 'Running',
  paused: 'Paused',
  not_recording: 'Nothing can be recorded',
  refused: 'The supplier asked us to wait',
  outage: 'The supplier is down',
  unauthorized: 'The supplier refuses our key',
  unusable: 'The supplier’s answers are of no use',
};

/** The state of the sync, and below it why, what to do, and what was wrong with the clock. */
export function showState(state: SyncState): void {
  const name = NAMES[state.state];
  const pill = byId('state-name');
  pill.className = `pill ${state.state}`;
  say(pill, name);
  say(byId('state-times'), sinceParts(state).join(', '));
  byId('pause').hidden = state.state === 'paused';
  byId('resume').hidden = state.state !== 'paused';
  document.title = state.state === 'running' ? 'Slotmirror' : `${name} – Slotmirror`;
  // Who paused it, and why, is in the line already.
  const cause = state.state === 'paused' ? null : state.cause;
  byId('cause').hidden = cause === null;
  say(byId('cause-text'), cause?.text ?? '');
  say(byId('cause-advice'), cause?.advice ?? '');
  const { readReplica } = state;
  const unused = readReplica?.text == null ? '' : `Read replica: ${readReplica.text} (${clock(readReplica.since)})`;
  say(byId('replica-note'), unused);
  say(byId('clock-note'), state.clock === null ? '' : `${state.clock.text} (${clock(state.clock.at)})`);
}

/** Since when, by whom, why, until when. */
function sinceParts(state: SyncState): string[] {
  const parts = [`since ${clock(state.since)} (${relative(state.since)})`];
  if (state.pausedBy !== null) parts.push(`by ${state.pausedBy}`);
  if (state.reason !== null && state.reason !== '') parts.push(`“${state.reason}”`);
  if (state.pausedUntil !== null) parts.push(`until ${clock(state.pausedUntil)}`);
  const { nextAttemptAt: next } = state;
  const waits = state.state !== 'running' && state.state !== 'paused';
  if (waits && next !== null) parts.push(`next request ${upcoming(next)} (${clock(next)})`);
  return parts;
}

/** What did not change is not said again: screen readers tell each change. */
function say(box: HTMLElement, text: string): void {
  if (box.textContent !== text) box.textContent = text;
}

export function showFigures(status: SyncStatus): void {
  const { freshness, queue, budget } = status;
  const { effectiveRequestsPerMinute: effective, requestsPerMinute: whole } = budget;
  const throttled = effective < whole ? `, throttled to ${count(effective)}` : '';
  byId('figures').replaceChildren(
    figure(freshness.share === null ? '–' : percent(freshness.share), 'of all days fresh now'),
    figure(count(freshness.stale), 'older than their max age'),
    figure(count(freshness.neverFetched), 'never fetched'),
    figure(count(queue.failing), 'failing', queue.failing > 0),
    figure(count(queue.due), 'due'),
    figure(
      `${count(budget.usedThisMinute)} / ${count(whole)}`,
      `requests this minute (${count(budget.usedLastMinute)} the last${throttled})`,
      effective < whole,
      status.budgetUse.text,
    ),
  );
}

/** @param why for who points at it; null: nothing is to be said */
function figure(value: string, name: string, bad = false, why: string | null = null): HTMLElement {
  return el(
    'div',
    { class: bad ? 'figure bad' : 'figure', ...(why !== null && { title: why }) },
    el('b', { text: value }),
    el('span', { text: name }),
  );
}
