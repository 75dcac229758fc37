import type { Fault } from './fault.js';
import type { RequestTarget } from './request-log.js';

const DEFAULT_LATENCY_MS = 1000;

/** Keeps multiples of a share like 0.29 from falling just short of a whole number. */
const EPSILON = 1e-9;

interface ActiveFault {
  fault: Fault;
  /** Requests it could have hit. */
  seen: number;
  hits: number;
}

export type FaultState = Fault & { hits: number };

export interface DrawnFault {
  waitMs: number;
  /** The fault that spoils the answer; none: it is only late, or nothing is wrong. */
  fault: Fault | undefined;
}

/** The faults that are switched on. Of several, the first one spoils the answer; every latency adds up. */
export class Faults {
  private active: ActiveFault[] = [];

  add(fault: Fault): void {
    this.active.push({ fault, seen: 0, hits: 0 });
  }

  clear(): void {
    this.active = [];
  }

  list(): FaultState[] {
    return this.active.map(({ fault, hits }) => ({ ...fault, hits }));
  }

  /** What goes wrong with the next request. */
  draw(target: RequestTarget): DrawnFault {
    const drawn: DrawnFault = { waitMs: 0, fault: undefined };
    for (const each of this.active) {
      const isLatency = each.fault.kind === 'latency';
      if (drawn.fault !== undefined && !isLatency) continue;
      if (!concerns(each.fault, target) || !hits(each)) continue;
      drawn.waitMs += each.fault.latencyMs ?? (isLatency ? DEFAULT_LATENCY_MS : 0);
      if (!isLatency) drawn.fault = each.fault;
    }
    this.active = this.active.filter(({ fault, hits }) => hits < (fault.times ?? Infinity));
    return drawn;
  }
}

function concerns(fault: Fault, { api, experienceId, date, lastDate }: RequestTarget): boolean {
  if ((fault.api ?? api) !== api || (fault.experienceId ?? experienceId) !== experienceId) return false;
  if (fault.date === undefined) return true;
  return date !== null && lastDate !== null && date <= fault.date && fault.date <= lastDate;
}

/** Counts the request. A share of 0.25 hits the fourth of them, the eighth, and so on: no dice, so that tests can count. */
function hits(active: ActiveFault): boolean {
  const share = active.fault.share ?? 1;
  active.seen += 1;
  const hit = Math.floor(active.seen * share + EPSILON) > Math.floor((active.seen - 1) * share + EPSILON);
  if (hit) active.hits += 1;
  return hit;
}
