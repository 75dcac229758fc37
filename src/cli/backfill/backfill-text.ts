import type { BackfillProgress } from '../../sync/index.js';

export function progressText({ days, left, changed, failed }: BackfillProgress): string {
  return `${days - left} of ${days} days, ${changed} changed${failed > 0 ? `, ${failed} failed` : ''}`;
}

const OUTCOMES: Readonly<Record<BackfillProgress['state'], string>> = {
  running: 'Not done yet',
  done: 'Done',
  incomplete: 'Ended; a running server tries again what failed',
  paused: 'The sync or its supplier is paused (GET /api/v1/sync/status says which)',
  refused: 'The supplier refuses requests for now',
  outage: 'The supplier does not answer',
  cancelled: 'Cancelled by an admin',
  stopped: 'Stopped',
};

const LEFT_OUT: Readonly<Record<BackfillProgress['leftOut'][number]['state'], string>> = {
  paused: 'is paused',
  refused: 'refuses requests for now',
  outage: 'does not answer',
};

export function outcomeText(report: BackfillProgress): string {
  if (report.days === 0) return 'Nothing to do: no day is older than its max age, or what is left is paused.\n';
  const isThrough = (report.state === 'done' || report.state === 'incomplete') && report.leftOut.length === 0;
  const left = report.left > 0 ? `, ${report.left} ${isThrough ? 'needed no request any more' : 'left'}` : '';
  const why = report.leftOut.map(({ supplier, state }) => ` ${supplier} ${LEFT_OUT[state]}.`).join('');
  return `${OUTCOMES[report.state]}: ${progressText(report)}${left}.${why}\n`;
}
