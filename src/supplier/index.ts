export { refusalEnd } from './refusal-end.js';
export type { SupplierQuota } from './quota.js';
export { SupplierClient, type SupplierAnswer } from './supplier-client.js';
export { SupplierFailure, SupplierRefusal, type FailureKind } from './supplier-error.js';
export { SupplierModule } from './supplier.module.js';
