export { AuditTrail, SCHEDULE } from './audit-trail.js';
export type { Action } from './audit.shape.js';
export { AuditModule } from './audit.module.js';
