import { byId, notify } from './dom.js';
import { count } from './format.js';
import { KeyedList } from './keyed-list.js';
import { ProblemItem, type ProblemActions } from './problem-item.js';
import { failuresOf, odditiesOf, type Problem } from './problems.js';
import type { SyncStatus } from '../../sync/monitoring/status.shape.js';

/** The API lists no more of each. */
const MOST = 50;

/** What is wrong: what fails, and below it what was odd about answers that were taken. Hidden when there is nothing. */
export class ProblemList {
  private readonly failures: KeyedList<Problem, ProblemItem>;
  private readonly oddities: KeyedList<Problem, ProblemItem>;
  private isLoaded = false;
  /** A problem to be revealed once it is known. */
  private pending: string | undefined;
  private status: Pick<SyncStatus, 'errors' | 'oddities'> = { errors: [], oddities: [] };

  constructor(actions: ProblemActions) {
    this.failures = new KeyedList(byId('errors-list'), () => new ProblemItem(actions, 'Retry'));
    this.oddities = new KeyedList(byId('oddities-list'), () => new ProblemItem(actions, 'Fetch again'));
  }

  show(status: SyncStatus): void {
    this.status = status;
    this.isLoaded = true;
    this.draw();
    if (this.pending !== undefined) this.revealPending();
  }

  /** Leads to a problem, once it is known; or says that there is none any more. */
  reveal(supplier: string, cause: string): void {
    this.pending = keyOf({ supplier, cause });
    if (this.isLoaded) this.revealPending();
  }

  private revealPending(): void {
    const key = this.pending ?? '';
    this.pending = undefined;
    const item = this.failures.find(key) ?? this.oddities.find(key);
    if (item) item.reveal();
    else notify('This problem is over: nothing fails so any more.');
  }

  /** Again: names may have become known. */
  draw(): void {
    const { errors, oddities } = this.status;
    byId('wrong').hidden = errors.length + oddities.length === 0;
    byId('errors').hidden = errors.length === 0;
    byId('oddities').hidden = oddities.length === 0;
    byId('errors-title').textContent = `Requests that bring no slots${limit(errors.length)}`;
    byId('oddities-title').textContent = `Odd answers, accepted all the same${limit(oddities.length)}`;
    this.failures.show(failuresOf(errors).map(keyed));
    this.oddities.show(odditiesOf(oddities).map(keyed));
  }
}

function keyed(problem: Problem): readonly [string, Problem] {
  return [keyOf(problem), problem];
}

function keyOf({ supplier, cause }: Pick<Problem, 'supplier' | 'cause'>): string {
  return `${supplier} ${cause}`;
}

function limit(entries: number): string {
  return entries < MOST ? '' : ` (the last ${count(MOST)} products)`;
}
