export { refusalEnd } from './refusal-end.js';
export { SupplierClient } from './supplier-client.js';
export { SupplierFailure, SupplierRefusal, type FailureKind } from './supplier-error.js';
export { SupplierModule } from './supplier.module.js';
