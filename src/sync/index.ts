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
export { SyncModule } from './sync.module.js';
export { SyncService } from './sync.service.js';
export type { SyncStatus } from './status-report.js';
