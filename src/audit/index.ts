export { AuditTrail, SCHEDULE, type Action } from './audit-trail.js';
export { AuditModule } from './audit.module.js';
