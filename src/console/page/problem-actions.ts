import type { BackfillReport } from '../../sync/backfill/backfill.shape.js';
import type { Api } from './api.js';
import type { DayGrid } from './day-grid.js';
import { backfillText } from './backfill-text.js';
import { notify } from './dom.js';
import { count } from './format.js';
import type { KnownSuppliers } from './known-suppliers.js';
import { askPause } from './pausing.js';
import type { ProblemActions as Actions } from './problem-item.js';
import type { ProblemProduct } from './problems.js';
import { whyNoFetch } from './unavailable.js';
import { WAITING, withinBudget } from './within-budget.js';

/** What an admin may do about a product that is in trouble. */
export class ProblemActions implements Actions {
  /** @param changed the experience, or how its day stands, is another */
  constructor(
    private readonly api: Api,
    private readonly grid: DayGrid,
    private readonly suppliers: KnownSuppliers,
    private readonly changed: () => void,
  ) {}

  nameOf(id: number): string | null {
    return this.grid.find(id)?.name ?? null;
  }

  isPaused(id: number): boolean {
    return this.grid.find(id)?.paused ?? false;
  }

  whyNoFetch(supplier: string): string | null {
    return whyNoFetch(this.suppliers.find(supplier));
  }

  async fetch(id: number, date: string): Promise<void> {
    await this.act(async () => {
      const path = `/api/v1/experience/${id}/days/${date}/refresh`;
      return backfillText(await this.api.post<BackfillReport>(path, undefined, { prefer: 'wait=15' }));
    });
  }

  async fetchAll(products: readonly Pick<ProblemProduct, 'experienceId' | 'date'>[]): Promise<void> {
    const own = products.filter(({ experienceId }) => !this.isPaused(experienceId));
    await this.act(async () => {
      const refused: string[] = [];
      for (const { experienceId, date } of own) {
        const path = `/api/v1/experience/${experienceId}/days/${date}/refresh`;
        await withinBudget(() => this.api.post(path), WAITING).catch((error: unknown) => {
          refused.push(error instanceof Error ? error.message : String(error));
        });
      }
      const [first] = refused;
      if (first === undefined) return `A day of each of ${count(own.length)} products is fetched ahead of all others.`;
      return `${count(own.length - refused.length)} of ${count(own.length)} products are fetched. The others were refused: ${first}`;
    });
  }

  pause(id: number): void {
    askPause(`Pause experience ${id}`, async (body) => {
      await this.api.post(`/api/v1/experience/${id}/pause`, body);
      this.changed();
    });
  }

  resume(id: number): void {
    void this.act(async () => {
      await this.api.post(`/api/v1/experience/${id}/resume`);
      return `Experience ${id} is resumed.`;
    });
  }

  private async act(work: () => Promise<string>): Promise<void> {
    try {
      notify(await work());
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
    this.changed();
  }
}
