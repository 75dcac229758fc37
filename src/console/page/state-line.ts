import type { SyncState, SyncStatus } from './api-types.js';
import { byId, el } from './dom.js';
import { clock, count, percent, relative } from './format.js';

const NAMES = { running: 'Running', paused: 'Paused', refused: 'Refused by the partner', outage: 'Partner is down' };

/** The state of the sync in one line: since when, by whom, why, until when. */
export function showState(state: SyncState): void {
  const { budget } = state;
  const parts = [`since ${clock(state.since)} (${relative(state.since)})`];
  if (state.pausedBy !== null) parts.push(`by ${state.pausedBy}`);
  if (state.reason !== null && state.reason !== '') parts.push(`“${state.reason}”`);
  if (state.pausedUntil !== null) parts.push(`until ${clock(state.pausedUntil)}`);
  if (state.state === 'refused' && budget.blockedUntil !== null) parts.push(`until ${clock(budget.blockedUntil)}`);
  if (state.state === 'outage' && budget.circuit.retryAt !== null) {
    parts.push(`tried again ${relative(budget.circuit.retryAt)}`);
  }
  const box = byId('state');
  const text = parts.join(', ');
  const pill = el('span', { class: `pill ${state.state}`, text: NAMES[state.state] });
  if (box.textContent !== `${NAMES[state.state]}${text}`) box.replaceChildren(pill, text);
  byId('pause').hidden = state.state === 'paused';
  byId('resume').hidden = state.state !== 'paused';
  document.title = state.state === 'running' ? 'Slotmirror' : `${NAMES[state.state]} – Slotmirror`;
}

export function showFigures(status: SyncStatus): void {
  const { freshness, queue, budget } = status;
  const { effectiveRequestsPerMinute: effective, requestsPerMinute: whole } = budget;
  const throttled = effective < whole ? `, throttled to ${count(effective)}` : '';
  byId('figures').replaceChildren(
    figure(freshness.share === null ? '–' : percent(freshness.share), 'of all days fresh now'),
    figure(count(freshness.stale), 'older than promised'),
    figure(count(freshness.neverFetched), 'never fetched'),
    figure(count(queue.failing), 'failing', queue.failing > 0),
    figure(count(queue.due), 'waiting for their turn'),
    figure(
      `${count(budget.usedThisMinute)} / ${count(whole)}`,
      `requests this minute (${count(budget.usedLastMinute)} the last${throttled})`,
      effective < whole,
    ),
  );
}

function figure(value: string, name: string, bad = false): HTMLElement {
  return el('div', { class: bad ? 'figure bad' : 'figure' }, el('b', { text: value }), el('span', { text: name }));
}
