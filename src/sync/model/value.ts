/**
 * The value of a request (Cho & Garcia-Molina 2003; Azar, Horvitz, Lubetzky, Peres & Shahaf 2018, "Tractable near-optimal
 * policies for crawling", PNAS). Changes of a day are Poisson with rate δ, reads with rate μ; x is the number of changes
 * expected since the last confirmation. In the optimum each day is fetched when its value reaches one threshold for all
 * days, the shadow price λ.
 */

/** P(our copy is stale) = 1 − e^(−x). */
export function staleness(x: number): number {
  return -Math.expm1(-x);
}

/** g(x) = 1 − (1 + x)·e^(−x): from 0 (just confirmed) to 1 (certainly stale for a long time). */
export function urgency(x: number): number {
  // For small x the series keeps the digits that the difference loses.
  if (x < 1e-3) return (x * x) / 2 - (x * x * x) / 3;
  return 1 - (1 + x) * Math.exp(-x);
}

/** The x at which urgency reaches `y`; infinite for y ≥ 1. Relative error below 1e-9. */
export function urgencyInverse(y: number): number {
  if (y <= 0) return 0;
  if (y >= 1) return Infinity;
  // Start from the series below the inflection and from the tail above it. Newton's method converges on a monotone function.
  let x = y < 0.6 ? Math.sqrt(2 * y) * (1 + Math.sqrt(2 * y) / 3) : -Math.log(1 - y) + Math.log1p(-Math.log(1 - y) + 1);
  for (let i = 0; i < 50; i++) {
    const step = (urgency(x) - y) / (x * Math.exp(-x));
    const next = x - step;
    if (!(next > 0)) x /= 2;
    else if (Math.abs(step) <= 1e-10 * x) return next;
    else x = next;
  }
  return x;
}
