export {
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  type FaultScope,
  type PlainFault,
  type StatusFault,
} from './fault.js';
export type { LeapPax, LeapPrice, LeapSlot } from './leap-slot.js';
export type { OctoOptions } from './octo/octo-api.js';
export type { OctoPricing, OctoUnitPricing } from './octo/octo-price.js';
export type { OctoSlot, OctoStatus } from './octo/octo-slot.js';
export { octoSlotsOf } from './octo/octo-truth.js';
export type { PaxType, Product } from './product.js';
export { productOf, productsOf } from './products.js';
export type { LoggedRequest } from './request-log.js';
export { requestedDates } from './requested-dates.js';
export { SandboxSupplier, type SandboxOptions } from './sandbox-supplier.js';
export { slotsOf } from './truth.js';
