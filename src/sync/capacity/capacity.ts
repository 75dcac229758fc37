import type { SupplierSettings } from '../../config/index.js';
import type { Supplier } from '../../supplier/index.js';
import type { Clock } from '../../time/index.js';
import { capacityReport } from './capacity-report.js';
import type { CapacityReport } from './capacity.shape.js';
import type { LearnedRates } from '../rates/learned-rates.js';
import { capacityPlan, feasibilityOf, type CapacityPlan, type Feasibility, type Workload } from './capacity-plan.js';
import type { SampledDay } from '../model/shadow-price.js';
import type { ShadowPriceKeeper } from '../rates/shadow-price-keeper.js';

const REPORT_MS = 60_000;
/** With at least this many reads of an average experience, they predict demand better than the prior. */
const LEARNED_READS = 5;

/** Which max ages the budget of one supplier can keep for its present catalogue. */
export class Capacity {
  private readonly supplier: SupplierSettings;
  private known: { readonly workload: Workload; readonly feasibility: Feasibility } | undefined;

  private reported: { readonly at: number; readonly report: CapacityReport } | undefined;

  constructor(
    private readonly rates: LearnedRates,
    private readonly price: ShadowPriceKeeper,
    private readonly of: Supplier,
    private readonly clock: Clock,
  ) {
    this.supplier = of.settings;
  }

  /** @param requestsPerMinute what the supplier gets now: after refusals, or by its quota, less than its budget */
  feasibility(requestsPerMinute: number): Feasibility {
    const workload = { ...this.workload(), requestsPerMinute };
    const { known } = this;
    const isSame =
      known?.workload.experiences === workload.experiences && known.workload.requestsPerMinute === requestsPerMinute;
    if (known && isSame) return known.feasibility;
    const feasibility = feasibilityOf(workload);
    this.known = { workload, feasibility };
    return feasibility;
  }

  /** Uses the learned rates once there are enough reads. Computed at most once a minute. */
  async report(): Promise<CapacityReport> {
    const now = this.clock.now().getTime();
    if (!this.reported || now - this.reported.at >= REPORT_MS) {
      const learned = this.rates.model.meanReads >= LEARNED_READS;
      this.reported = { at: now, report: capacityReport(this.plan(learned ? await this.price.sample() : undefined)) };
    }
    return this.reported.report;
  }

  /** @param sample days with their learned rates; default: the prior sample */
  plan(sample?: readonly SampledDay[]): CapacityPlan {
    return capacityPlan({ ...this.workload(), sample });
  }

  private workload(): Workload {
    const { requestsPerMinute, tiers } = this.supplier;
    return {
      experiences: this.rates.experiences,
      requestsPerMinute,
      tiers,
      datesPerRequest: this.of.client.daysPerRequest,
    };
  }
}
