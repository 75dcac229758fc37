import { byId } from './dom.js';
import { count } from './format.js';
import { KeyedList } from './keyed-list.js';
import { ProblemItem, type ProblemActions } from './problem-item.js';
import { failuresOf, odditiesOf, type Problem } from './problems.js';
import type { SyncStatus } from '../../sync/monitoring/status.shape.js';

/** The API lists no more of each. */
const MOST = 50;

/** What is wrong: what fails, and below it what was odd about answers that were taken. Hidden when there is nothing. */
export class ProblemList {
  private readonly failures: KeyedList<Problem>;
  private readonly oddities: KeyedList<Problem>;
  private status: Pick<SyncStatus, 'errors' | 'oddities'> = { errors: [], oddities: [] };

  constructor(actions: ProblemActions) {
    this.failures = new KeyedList(byId('errors-list'), () => new ProblemItem(actions, 'Retry'));
    this.oddities = new KeyedList(byId('oddities-list'), () => new ProblemItem(actions, 'Fetch again'));
  }

  show(status: SyncStatus): void {
    this.status = status;
    this.draw();
  }

  /** Again: names may have become known. */
  draw(): void {
    const { errors, oddities } = this.status;
    byId('wrong').hidden = errors.length + oddities.length === 0;
    byId('errors').hidden = errors.length === 0;
    byId('oddities').hidden = oddities.length === 0;
    byId('errors-title').textContent = `Requests that bring no slots${limit(errors.length)}`;
    byId('oddities-title').textContent = `Odd answers, taken all the same${limit(oddities.length)}`;
    this.failures.show(failuresOf(errors).map(keyed));
    this.oddities.show(odditiesOf(oddities).map(keyed));
  }
}

function keyed(problem: Problem): readonly [string, Problem] {
  return [`${problem.supplier} ${problem.cause}`, problem];
}

function limit(entries: number): string {
  return entries < MOST ? '' : ` (the last ${count(MOST)} products)`;
}
