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
export { SandboxPartner, type SandboxOptions } from './sandbox-partner.js';
export { slotsOf } from './truth.js';
