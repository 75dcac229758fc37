import type { DayMap } from '../../sync/monitoring/day-map.shape.js';
import type { Api } from './api.js';
import type { DayGrid } from './day-grid.js';

/** So many experiences are looked up one by one for each page that the whole map has; beyond that it is read again. */
const FEW = 5;

/** Keeps the days of the map as the server knows them. One thing is read at a time, however much is asked for meanwhile. */
export class MapDays {
  /** Experiences of which a day was recorded since they were looked up. */
  private readonly changed = new Set<number>();
  /** Experiences of which something was heard since the last look. */
  private readonly heard = new Set<number>();
  private loading: Promise<void> | undefined;
  private isLooking = false;
  /** The whole map is to be read: never, or not since it was asked for. */
  private isOutdated = true;
  private pages = 1;
  /** The whole map has come: what is not in it does not exist. */
  isLoaded = false;

  /** @param shown days or names have changed */
  constructor(
    private readonly api: Api,
    private readonly grid: DayGrid,
    private readonly shown: () => void,
  ) {}

  /** The whole map is read with the next look. */
  outdate(): void {
    this.isOutdated = true;
  }

  /** Resolves when the whole map is as of now, or later. */
  async load(): Promise<void> {
    this.isOutdated = true;
    this.loading ??= this.loadUntilCurrent().finally(() => (this.loading = undefined));
    await this.loading;
  }

  private async loadUntilCurrent(): Promise<void> {
    while (this.isOutdated) {
      this.isOutdated = false;
      const before = [...this.changed];
      // What changes from now on may not be in it, and is looked up afterwards.
      this.changed.clear();
      const parts = await this.parts().catch((error: unknown) => {
        for (const id of before) this.changed.add(id);
        this.isOutdated = true;
        throw error;
      });
      this.pages = parts.length;
      this.grid.load(parts);
      this.isLoaded = true;
      this.shown();
    }
  }

  private async parts(): Promise<DayMap[]> {
    const parts: DayMap[] = [];
    for (let after: number | null = 0; after !== null;) {
      const part: DayMap = await this.api.get(`/api/v1/sync/days${after === 0 ? '' : `?after=${after}`}`);
      parts.push(part);
      after = part.nextAfter;
    }
    return parts;
  }

  /** Looks up what has changed, unless that is under way. @returns the experiences of which something was heard; all: any may have changed */
  async look(): Promise<ReadonlySet<number> | 'all'> {
    if (this.loading || this.isLooking) return new Set();
    const heard = new Set(this.heard);
    this.heard.clear();
    if (this.isOutdated) {
      await this.load();
      return 'all';
    }
    this.isLooking = true;
    try {
      await this.lookUp();
    } finally {
      this.isLooking = false;
    }
    return heard;
  }

  private async lookUp(): Promise<void> {
    const ids = [...this.changed];
    if (ids.length === 0) return;
    if (ids.length > FEW * this.pages) return this.load();
    for (const id of ids) {
      // Before it is read: it may change again meanwhile.
      this.changed.delete(id);
      const path = `/api/v1/sync/days?limit=1${id > 1 ? `&after=${id - 1}` : ''}`;
      const part = await this.api.get<DayMap>(path).catch((error: unknown) => {
        this.changed.add(id);
        throw error;
      });
      this.grid.replace(part);
    }
    this.shown();
  }

  hear(event: string, data: unknown): void {
    if (event === 'day') {
      const { experienceId, date, asOf } = data as { experienceId: number; date: string; asOf: string };
      this.grid.confirmed(experienceId, date, asOf);
      this.changed.add(experienceId);
      this.heard.add(experienceId);
      this.shown();
    } else if (event === 'lease') {
      const { experienceId, date, until, failing } = data as {
        experienceId: number;
        date: string;
        until: string | null;
        failing: boolean;
      };
      this.grid.leased(experienceId, date, until, failing);
      if (until === null) this.heard.add(experienceId);
      this.shown();
    }
  }
}
