import type { Shape } from './world.js';

/** A catalogue, a budget, and the kind of world. */
export interface Setting {
  readonly name: string;
  readonly experiences: number;
  /** The budget of each supplier. */
  readonly perMinute: number;
  /** Consecutive dates that one request answers, by supplier. Default: one supplier, one date. */
  readonly datesPerRequest?: readonly number[];
  readonly shape?: Partial<Shape>;
}

const sized = (experiences: number, perMinute: number): Setting => ({
  name: `${experiences} / ${perMinute}`,
  experiences,
  perMinute,
});

/** Usual worlds: eight days, measured from the fifth on. */
export const USUAL: readonly Setting[] = [
  sized(2, 30),
  sized(50, 30),
  sized(450, 30),
  { ...sized(450, 30), name: '450 / 30, steeper popularity', shape: { skew: 1.2 } },
  sized(450, 300),
  sized(2_000, 30),
  { ...sized(2_000, 30), name: '2000 / 30, spans of 30', datesPerRequest: [30] },
  { ...sized(450, 30), name: '450 / 30 each, half spans of 30', datesPerRequest: [1, 30] },
];

/** Nothing is known at first. */
const own = (experiences: number, perMinute: number): Setting => ({
  ...sized(experiences, perMinute),
  name: `own ways: ${experiences} / ${perMinute}`,
  shape: { own: true },
});

/** Worlds in which each experience has ways of its own, see `own.ts`. */
export const OWN: readonly Setting[] = [own(450, 30), own(450, 300), own(2_000, 30)];

const lively = (name: string, experiences: number, perMinute: number, shape: Partial<Shape>): Setting => ({
  name: `${name}: ${experiences} / ${perMinute}`,
  experiences,
  perMinute,
  shape: { speed: 1_000, ...shape },
});

/** Ten minutes of suppliers that change a thousand times as fast, with nothing known at first; measured from the fourth on. */
export const STRANGE: readonly Setting[] = [
  lively('a small catalogue', 2, 30, {}),
  lively('budget of a third', 50, 300, {}),
  lively('as usual', 50, 1_200, {}),
  lively('large', 300, 6_000, {}),
  lively('prices change singly', 50, 1_200, { prices: 'single' }),
  lively('prices never change', 50, 1_200, { prices: 'none' }),
  lively('all experiences read alike', 50, 1_200, { skew: 0 }),
  lively('all alike', 50, 1_200, { skew: 0, byLead: false, prices: 'single' }),
  lively('all leads alike', 50, 1_200, { byLead: false }),
  lively('few experiences are read', 50, 1_200, { skew: 2 }),
  lively('two weekdays are read', 50, 1_200, { otherWeekdays: 0.05 }),
  lively('changes unlike reads', 50, 1_200, { related: false, skew: 1.2 }),
  lively('in bursts', 50, 1_200, { bursts: true }),
  lively('slow', 50, 300, { speed: 20 }),
];
