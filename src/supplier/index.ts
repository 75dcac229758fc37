export type { SupplierQuota } from './quota.js';
export {
  SupplierClient,
  type DayAnswer,
  type ListedProduct,
  type RequestedSpan,
  type SupplierAnswer,
  type SupplierWait,
} from './supplier-client.js';
export type { ClientNeeds, SupplierApi } from './supplier-api.js';
export type { SupplierNotifications } from './supplier-notifications.js';
export { SupplierFailure, SupplierRefusal } from './supplier-error.js';
export { Exchange, type SupplierRequest } from './exchange.js';
export { PerSupplier } from './per-supplier.js';
export { Suppliers, type Supplier } from './suppliers.js';
export { SupplierModule } from './supplier.module.js';
