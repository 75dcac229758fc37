import type { DayMap } from '../../sync/monitoring/day-map.shape.js';
import type { Api } from './api.js';
import type { DayGrid } from './day-grid.js';

/** So many experiences are looked up one by one; beyond that the whole map is read again. */
const FEW = 5;

/** Keeps the days of the map as the server knows them. */
export class MapDays {
  /** Experiences of which a day was recorded since they were looked up. */
  private readonly changed = new Set<number>();
  /** How often the whole map was asked for. */
  private loads = 0;
  /** The whole map has come: what is not in it does not exist. */
  isLoaded = false;

  /** @param shown days or names have changed */
  constructor(
    private readonly api: Api,
    private readonly grid: DayGrid,
    private readonly shown: () => void,
  ) {}

  async load(): Promise<void> {
    const load = ++this.loads;
    const before = [...this.changed];
    // What changes from now on may not be in it, and is looked up afterwards.
    this.changed.clear();
    const parts = await this.parts().catch((error: unknown) => {
      for (const id of before) this.changed.add(id);
      throw error;
    });
    // One that was begun later knows more, and may have come before.
    if (load < this.loads) return;
    this.grid.load(parts);
    this.isLoaded = true;
    this.shown();
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

  /** Looks up what has changed. @returns the experiences */
  async loadChanges(): Promise<readonly number[]> {
    if (this.changed.size === 0) return [];
    const ids = [...this.changed];
    if (ids.length > FEW) {
      await this.load();
      return ids;
    }
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
    return ids;
  }

  hear(event: string, data: unknown): void {
    if (event === 'day') {
      const { experienceId, date, asOf } = data as { experienceId: number; date: string; asOf: string };
      this.grid.confirmed(experienceId, date, asOf);
      this.changed.add(experienceId);
      this.shown();
    } else if (event === 'lease') {
      const { experienceId, date, until, failing } = data as {
        experienceId: number;
        date: string;
        until: string | null;
        failing: boolean;
      };
      this.grid.leased(experienceId, date, until, failing);
      this.shown();
    }
  }
}
