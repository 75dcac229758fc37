import type { SupplierState } from '../../sync/monitoring/status.shape.js';
import type { Api } from './api.js';
import { notify } from './dom.js';
import { askPause } from './pausing.js';

/** What an admin may do with a supplier. */
export class SupplierSteering {
  /** @param took how the supplier stands afterwards */
  constructor(
    private readonly api: Api,
    private readonly took: (state: SupplierState) => void,
  ) {}

  pause(name: string): void {
    askPause(`Pause ${name}`, (body) => this.api.post<SupplierState>(pathOf(name, 'pause'), body), this.took);
  }

  async resume(name: string): Promise<void> {
    await this.act(name, 'resume', `${name} is resumed.`);
  }

  async tryNow(name: string): Promise<void> {
    await this.act(name, 'try', `The next request to ${name} is sent at once. Its answer decides.`);
  }

  private async act(name: string, verb: string, done: string): Promise<void> {
    try {
      this.took(await this.api.post<SupplierState>(pathOf(name, verb)));
      notify(done);
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
  }
}

function pathOf(name: string, verb: string): string {
  return `/api/v1/supplier/${encodeURIComponent(name)}/${verb}`;
}
