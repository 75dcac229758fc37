export {
  capacityReport,
  countText,
  shareText,
  tierText,
  type CapacityReport,
  type TierCapacityReport,
} from './capacity-report.js';
export { capacityPlan } from './policy/capacity.js';
export { SyncModule } from './sync.module.js';
export { SyncService } from './sync.service.js';
export type { SyncStatus } from './status-report.js';
