export {
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  type FaultScope,
  type PlainFault,
  type StatusFault,
} from './fault.js';
export type { LeapPax, LeapPrice, LeapSlot } from './leap-slot.js';
export type { PaxType, Product } from './product.js';
export { productOf, productsOf } from './products.js';
export type { LoggedRequest } from './request-log.js';
export { SandboxSupplier, type SandboxOptions } from './sandbox-supplier.js';
export { slotsOf } from './truth.js';
