export {
  capacityReport,
  countText,
  shareText,
  tierText,
  type CapacityReport,
  type TierCapacityReport,
} from './capacity-report.js';
export type { PassReport } from './pass/pass-report.js';
export { Passes } from './pass/passes.js';
export { capacityPlan } from './policy/capacity.js';
export { AgeCounts, type AgeCount } from './insight/age-counts.js';
export { LiveFeed } from './insight/live-feed.js';
export { STATES } from './state-report.js';
export { SyncStatusReader } from './sync-status.js';
export { SyncModule } from './sync.module.js';
export { SyncService } from './sync.service.js';
export type { SyncStatus } from './status-report.js';
