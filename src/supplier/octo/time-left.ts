import type { Clock } from '../../time/index.js';
import { SupplierFailure } from '../supplier-error.js';

/** Milliseconds, at least 1. @throws SupplierFailure `timeout` if no time is left */
export type TimeLeft = () => number;

/** The time that is left of `totalMs` from now on, for requests one after the other that have one limit together. */
export function timeLeft(totalMs: number, clock: Clock): TimeLeft {
  const endMs = clock.now().getTime() + totalMs;
  return () => {
    const left = Math.ceil(endMs - clock.now().getTime());
    if (left > 0) return Math.min(left, totalMs);
    throw new SupplierFailure('timeout', `no time was left of ${totalMs / 1_000} s after the request for the product`);
  };
}
