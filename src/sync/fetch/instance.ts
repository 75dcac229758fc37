import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { SupplierSettings } from '../../config/index.js';
import { CLOCK_TOLERANCE_MS } from '../budget/belief.js';

/** A lease outlives the request by this much: a grant may be a second old when it is sent, and the answer wants recording. */
const LEASE_MARGIN_MS = 3_000;

/** Which of the replicas this is: names its leases and runs. Another one after every start. */
@Injectable()
export class Instance {
  readonly id = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;

  constructor(private readonly settings: SupplierSettings) {}

  /** The furthest that a lease reaches: those of other replicas are as long, but their clocks may differ. */
  longestLease(now: Date): Date {
    return new Date(this.leaseUntil(now).getTime() + CLOCK_TOLERANCE_MS);
  }

  /** Until when a day claimed at `now` is ours alone. */
  leaseUntil(now: Date): Date {
    return new Date(now.getTime() + this.settings.timeoutMs + LEASE_MARGIN_MS);
  }
}
