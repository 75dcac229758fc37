/**
 * Deviations that go the same way: prices of an experience change on all its days at one instant, and all reads before it saw the
 * truth. So their deviations add up, and not their variances, within a period.
 */
export class CorrelatedDeviation {
  private period = -Infinity;
  /** By experience. */
  private readonly sums = new Map<number, number>();

  /** @param period one after the other; what comes late belongs to the present one. @returns what it adds beside its own variance */
  add(period: number, experienceId: number, variance: number): number {
    if (period > this.period) {
      this.sums.clear();
      this.period = period;
    }
    const before = this.sums.get(experienceId) ?? 0;
    const deviation = Math.sqrt(variance);
    this.sums.set(experienceId, before + deviation);
    return 2 * before * deviation;
  }
}
