export type { SupplierQuota } from './quota.js';
export {
  SupplierClient,
  type DayAnswer,
  type ListedProduct,
  type RequestedSpan,
  type SupplierAnswer,
  type SupplierWait,
} from './supplier-client.js';
export { SupplierFailure, SupplierRefusal } from './supplier-error.js';
export { PerSupplier } from './per-supplier.js';
export { Suppliers, type Supplier } from './suppliers.js';
export { SupplierModule } from './supplier.module.js';
