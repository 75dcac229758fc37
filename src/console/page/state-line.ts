import { byId, el, say, showInstead } from './dom.js';
import { count, moment, percent } from './format.js';
import type { PageState } from './page-state.js';
import type { SyncState, SyncStatus } from '../../sync/monitoring/status.shape.js';

/** The state of all suppliers in one line. @param asOf epoch milliseconds: the server was lost then; undefined: it is there */
export function showHead({ severity, name, parts }: PageState, asOf: number | undefined): void {
  const pill = byId('state-name');
  const lost = asOf !== undefined;
  pill.className = `pill ${lost ? 'unknown' : severity}`;
  say(pill, lost ? 'Not known' : name);
  const last = lost ? `as of ${moment(new Date(asOf).toISOString())}: ${name}` : null;
  say(byId('state-times'), [...(last === null ? [] : [last]), ...parts].join(', '));
  document.title = lost ? 'Connection lost – Slotmirror' : severity === 'good' ? 'Slotmirror' : `${name} – Slotmirror`;
}

/** What concerns all suppliers: the pause of the whole sync, the database, replica and clock. */
export function showCommon(state: SyncState): void {
  const [pause, resume] = [byId('pause'), byId('resume')];
  if (state.pauseScope === 'sync') showInstead(resume, pause);
  else showInstead(pause, resume);
  const cause = state.state === 'not_recording' ? state.cause : null;
  byId('cause').hidden = cause === null;
  say(byId('cause-text'), cause?.text ?? '');
  say(byId('cause-advice'), cause?.advice ?? '');
  const { readReplica } = state;
  const unused = readReplica?.text == null ? '' : `Read replica: ${readReplica.text} (${moment(readReplica.since)})`;
  say(byId('replica-note'), unused);
  say(byId('clock-note'), state.clock === null ? '' : `${state.clock.text} (${moment(state.clock.at)})`);
}

/** Whether what happens is heard at once. */
export function showLive(yes: boolean): void {
  const box = byId('live');
  box.className = yes ? 'live on' : 'live off';
  say(box, yes ? 'live' : 'connection lost, trying again');
}

/** How many webhooks are sent nothing until an admin does something, in the way to them. */
export function showStopped({ failing, disabled }: SyncStatus['webhooks']): void {
  const stopped = failing + disabled;
  const link = byId('to-webhooks');
  say(link, stopped === 0 ? 'Webhooks' : `Webhooks (${count(stopped)} stopped)`);
  link.classList.toggle('bad', stopped > 0);
}

export function showFigures(status: SyncStatus): void {
  const { freshness, queue, budget } = status;
  const { effectiveRequestsPerMinute: effective, requestsPerMinute: whole } = budget;
  const throttled = effective < whole ? `, throttled to ${count(effective)}` : '';
  byId('figures').replaceChildren(
    figure(freshness.share === null ? '–' : percent(freshness.share), 'of all days fresh now'),
    figure(count(freshness.stale), 'older than their maximum age', freshness.stale > 0),
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
