import { byId, el } from './dom.js';
import { clock, count, dateName, relative, upcoming } from './format.js';
import type { SyncStatus } from '../../sync/monitoring/status.shape.js';
import type { ErrorReport, OddityReport } from '../../sync/monitoring/trouble.shape.js';
import { slotsCount } from './slot-text.js';
import { TroubleTable, type TroubleActions, type TroubleColumn } from './trouble-table.js';
import { causeWords, daysText } from './trouble-text.js';

/** The API lists no more of each. */
const MOST = 50;

const FAILURE_COLUMNS: readonly TroubleColumn<ErrorReport>[] = [
  {
    name: 'What happened',
    content: ({ cause, error }) => [el('code', { text: cause }), ` ${causeWords(error, cause)}`],
  },
  { name: 'Days', content: ({ days, date }) => [daysText(days, dateName(date))] },
  { name: 'Since', content: ({ since }) => [instant(since, relative(since))] },
  { name: 'Last time', content: ({ failedAt }) => [instant(failedAt, relative(failedAt))] },
  {
    name: 'Next try',
    content: ({ retryAt }) => [retryAt === null ? 'no more' : instant(retryAt, upcoming(retryAt))],
  },
  { name: 'What to do', content: ({ advice }) => [advice] },
];

const ODDITY_COLUMNS: readonly TroubleColumn<OddityReport>[] = [
  { name: 'What was odd', content: ({ code, detail }) => [el('code', { text: code }), ` ${detail}`] },
  { name: 'Slots', content: ({ slots }) => [slotsCount(slots)] },
  { name: 'Days', content: ({ days, date }) => [daysText(days, dateName(date))] },
  { name: 'Since', content: ({ since }) => [instant(since, relative(since))] },
  { name: 'Last seen', content: ({ seenAt }) => [instant(seenAt, relative(seenAt))] },
  { name: 'What to do', content: ({ advice }) => [advice] },
];

/** What is wrong: what fails, and below it what was odd about answers that were taken. Hidden when there is nothing. */
export class Troubles {
  private readonly failures: TroubleTable<ErrorReport>;
  private readonly oddities: TroubleTable<OddityReport>;
  private status: Pick<SyncStatus, 'errors' | 'oddities'> = { errors: [], oddities: [] };

  constructor(actions: TroubleActions) {
    this.failures = new TroubleTable(byId('errors'), FAILURE_COLUMNS, ({ cause }) => cause, actions);
    this.oddities = new TroubleTable(byId('oddities'), ODDITY_COLUMNS, ({ code }) => code, actions);
  }

  show(status: SyncStatus): void {
    this.status = status;
    this.draw();
  }

  /** Again: names may have become known. */
  draw(): void {
    const { errors, oddities } = this.status;
    byId('wrong').hidden = errors.length + oddities.length === 0;
    this.failures.show(`Requests that bring no slots${limit(errors.length)}`, errors);
    this.oddities.show(`Odd answers, taken all the same${limit(oddities.length)}`, oddities);
  }
}

function limit(entries: number): string {
  return entries < MOST ? '' : ` (the last ${count(MOST)})`;
}

function instant(at: string, text: string): HTMLElement {
  return el('time', { datetime: at, title: clock(at), text });
}
