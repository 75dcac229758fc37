export { SyncModule } from './sync.module.js';
export { SyncService } from './sync.service.js';
export type { SyncStatus } from './status-report.js';
