export {
  capacityReport,
  countText,
  shareText,
  tierText,
  type CapacityReport,
  type TierCapacityReport,
} from './capacity/capacity-report.js';
export type { BackfillReport } from './backfill/backfill-report.js';
export { Backfills } from './backfill/backfills.js';
export { DayRequestsModule } from './schedule/day-requests.module.js';
export { capacityPlan } from './capacity/capacity-plan.js';
export { FetchEvents } from './fetch/fetch-events.js';
export { AgeCounts, type AgeCount } from './monitoring/age-counts.js';
export { LiveFeed } from './monitoring/live-feed.js';
export { STATES } from './monitoring/state-report.js';
export { SyncStatusReader } from './monitoring/sync-status.js';
export { SyncModule } from './sync.module.js';
export { SyncService } from './sync.service.js';
export type { SyncStatus } from './monitoring/status-report.js';
