import { Injectable } from '@nestjs/common';
import { processName, SuppliersSettings } from '../../config/index.js';
import { CLOCK_TOLERANCE_MS } from '../budget/corrected-instants.js';

/** A lease outlives the request's timeout by this: a grant may be a second old when it is sent, and recording takes time. */
const LEASE_MARGIN_MS = 3_000;

/** Identifies this process in its leases and sync runs. Differs after every start. */
@Injectable()
export class Instance {
  readonly id = processName();

  constructor(private readonly settings: SuppliersSettings) {}

  /** The latest possible end of a lease. Those of other replicas are as long, but their clocks may differ. */
  longestLease(now: Date): Date {
    return new Date(this.leaseUntil(now, this.settings.longestTimeoutMs).getTime() + CLOCK_TOLERANCE_MS);
  }

  /** The end of the lease of a day claimed at `now`. @param timeoutMs of the supplier's requests */
  leaseUntil(now: Date, timeoutMs: number): Date {
    return new Date(now.getTime() + timeoutMs + LEASE_MARGIN_MS);
  }
}
