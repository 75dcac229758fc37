export type { SupplierQuota } from './quota.js';
export { SupplierClient, type SupplierAnswer, type SupplierWait } from './supplier-client.js';
export { SupplierFailure, SupplierRefusal } from './supplier-error.js';
export { SupplierModule } from './supplier.module.js';
