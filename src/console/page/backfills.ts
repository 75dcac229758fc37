import type { BackfillList, BackfillReport } from '../../sync/backfill/backfill.shape.js';
import type { Api } from './api.js';
import { BackfillItem } from './backfill-item.js';
import { byId, notify } from './dom.js';
import { KeyedList } from './keyed-list.js';

const EVERY_MS = 1_500;
/** So long one that ended is shown. */
const SHOWN_MS = 10 * 60_000;
/** So many that ended are shown; the panel of an experience has its own. */
const SHOWN_ENDED = 3;

/** Follows the backfills of all replicas: what runs is seen, also after the page was loaded anew. */
export class Backfills {
  private readonly list = new KeyedList<BackfillReport>(byId('backfills-list'), () => this.item());
  private known: readonly BackfillReport[] = [];
  private timer = 0;

  /** @param changed how far one is. @param ended one of those that ran does not any more */
  constructor(
    private readonly api: Api,
    private readonly changed: () => void,
    private readonly ended: () => void,
  ) {}

  /** An item for a list of some of them. */
  item(): BackfillItem {
    return new BackfillItem((id) => void this.cancel(id));
  }

  /** Those of one experience alone, newest first. */
  of(id: number): readonly BackfillReport[] {
    return this.recent().filter(({ experiences }) => experiences?.length === 1 && experiences[0] === id);
  }

  async load(): Promise<void> {
    clearTimeout(this.timer);
    const ran = this.running;
    const { backfills } = await this.api.get<BackfillList>('/api/v1/sync/backfill');
    this.known = backfills;
    this.show();
    const runs = new Set(this.running);
    if (ran.some((id) => !runs.has(id))) this.ended();
    // What goes wrong is tried again with the next status.
    if (runs.size > 0) this.timer = window.setTimeout(() => void this.load().catch(() => undefined), EVERY_MS);
  }

  private get running(): readonly string[] {
    return this.known.filter(({ state }) => state === 'running').map(({ id }) => id);
  }

  /** Of a single day its own panel tells. */
  private recent(): readonly BackfillReport[] {
    const since = Date.now() - SHOWN_MS;
    return this.known.filter(
      ({ days, finishedAt }) => days > 1 && (finishedAt === null || Date.parse(finishedAt) > since),
    );
  }

  private show(): void {
    const recent = this.recent();
    const ended = recent.filter(({ state }) => state !== 'running').slice(0, SHOWN_ENDED);
    const shown = recent.filter((backfill) => backfill.state === 'running' || ended.includes(backfill));
    byId('backfills').hidden = shown.length === 0;
    this.list.show(shown.map((backfill) => [backfill.id, backfill]));
    this.changed();
  }

  private async cancel(id: string): Promise<void> {
    try {
      await this.api.delete(`/api/v1/sync/backfill/${id}`);
      await this.load();
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
  }
}
