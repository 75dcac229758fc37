import type { SyncState } from '../../sync/monitoring/status.shape.js';
import type { Api } from './api.js';
import { byId } from './dom.js';
import { askPause } from './pausing.js';

/** The buttons that pause and resume the sync of all suppliers. */
export class WholeSync {
  /** @param guarded what goes wrong is said */
  constructor(
    private readonly api: Api,
    private readonly took: (state: SyncState) => Promise<void>,
    guarded: (work: () => Promise<unknown>) => void,
  ) {
    byId('pause').addEventListener('click', () =>
      askPause(
        'Pause the sync',
        (body) => this.api.post<SyncState>('/api/v1/sync/pause', body),
        (state) => guarded(() => this.took(state)),
      ),
    );
    byId('resume').addEventListener('click', () =>
      guarded(async () => {
        await this.took(await this.api.post<SyncState>('/api/v1/sync/resume'));
      }),
    );
  }
}
