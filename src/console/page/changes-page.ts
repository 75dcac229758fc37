import type { Change, ChangePage } from '../../changes/change.shape.js';
import { ApiError } from './api-error.js';
import type { Api } from './api.js';
import { changeText, kindName } from './change-text.js';
import { byId, el, say } from './dom.js';
import { clock, count, dateName, moment } from './format.js';
import { hashOf } from './places.js';

const EVERY_MS = 3_000;
const MOST_SHOWN = 500;
const PER_REQUEST = 500;
const EARLIER = 50;

/** The change feed, live: what changed from what to what, with the last changes from before the console was opened. */
export class ChangesPage {
  private beginning: Promise<void> | undefined;
  private cursor: string | undefined;
  private since = new Date().toISOString();
  private changes: readonly Change[] = [];
  private seen = 0;
  private isReading = false;

  /** @param nameOf null: the experience has none. @param guarded what goes wrong is said */
  constructor(
    private readonly api: Api,
    private readonly nameOf: (id: number) => string | null,
    guarded: (work: () => Promise<unknown>) => void,
  ) {
    setInterval(() => {
      if (!byId('changes').hidden && !document.hidden) guarded(() => this.read());
    }, EVERY_MS);
  }

  /** From here on changes are collected. */
  async begin(): Promise<void> {
    this.beginning ??= this.loadEarlier().catch((error: unknown) => {
      this.beginning = undefined;
      throw error;
    });
    await this.beginning;
    this.show();
  }

  /** Reads what was added since. */
  async read(): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    try {
      if (this.cursor === undefined) await this.begin();
      for (let more = true; more;) {
        const path = `/api/v1/changes?limit=${PER_REQUEST}&cursor=${this.cursor ?? 'now'}`;
        const page = await this.api.get<ChangePage>(path);
        this.cursor = page.nextCursor;
        this.seen += page.changes.length;
        this.changes = [...page.changes.toReversed(), ...this.changes].slice(0, MOST_SHOWN);
        more = page.changes.length === PER_REQUEST;
        // Rows that are written anew lose the focus.
        if (page.changes.length > 0) this.show();
      }
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'CURSOR_EXPIRED') throw error;
      await this.beginAgain();
    } finally {
      this.isReading = false;
    }
  }

  /** The feed has begun anew: what is listed is of another history. */
  private async beginAgain(): Promise<void> {
    this.cursor = this.beginning = undefined;
    this.seen = 0;
    this.since = new Date().toISOString();
    await this.begin();
  }

  /** Writes all anew: the zone is another one, or names have become known. */
  show(): void {
    say(byId('changes-count'), countText(this.seen, this.changes.length - this.seen, this.since));
    byId('changes-table').hidden = this.changes.length === 0;
    byId('changes-rows').replaceChildren(...this.changes.map((change) => this.row(change)));
  }

  private async loadEarlier(): Promise<void> {
    const page = await this.api.get<ChangePage>(`/api/v1/changes?cursor=latest&limit=${EARLIER}`);
    this.cursor = page.nextCursor;
    this.changes = page.changes.toReversed();
  }

  private row(change: Change): HTMLElement {
    const { experienceId: id, date, kind, at } = change;
    const name = this.nameOf(id);
    const link = el('a', {
      href: hashOf({ kind: 'day', id, date }),
      text: `${id}${name === null ? '' : ` ${name}`}, ${dateName(date)}`,
    });
    return el(
      'tr',
      {},
      el('td', { text: moment(at), title: clock(at) }),
      el('td', {}, link),
      el('td', { text: kindName(kind) }),
      el('td', { text: changeText(change) }),
    );
  }
}

/** @param earlier those listed from before the console was opened. @param since when that was */
function countText(seen: number, earlier: number, since: string): string {
  const counted = `${seen === 1 ? '1 change' : `${count(seen)} changes`} since ${moment(since)}, when this console was opened`;
  if (seen > MOST_SHOWN) return `${counted}; the last ${count(MOST_SHOWN)} are listed.`;
  if (earlier === 0) return `${counted}.`;
  return `${counted}, and the last ${earlier === 1 ? 'one' : count(earlier)} before.`;
}
