import type { Setting } from './settings.js';
import type { World } from './world.js';

/** The experiences of one supplier. Suppliers have budgets of their own, so each is simulated by itself. */
export interface Part {
  readonly name: string;
  readonly world: World;
  readonly datesPerRequest: number;
  /** The part of all reads. */
  readonly share: number;
}

const ONE = [1];

/** Empty where there is but one supplier. */
export function partNamesOf({ datesPerRequest = ONE }: Pick<Setting, 'datesPerRequest'>): readonly string[] {
  return datesPerRequest.map((dates) => (datesPerRequest.length > 1 ? `, ${dates} a request` : ''));
}

/** Experiences belong to the suppliers in turn, so that each has popular ones. */
export function partsOf(setting: Pick<Setting, 'datesPerRequest'>, world: World): readonly Part[] {
  const { datesPerRequest = ONE } = setting;
  const names = partNamesOf(setting);
  return datesPerRequest.map((dates, supplier) => {
    const own = <T>(all: readonly T[]): T[] => all.filter((_, i) => i % datesPerRequest.length === supplier);
    const popularity = own(world.popularity);
    const share = sum(popularity) / sum(world.popularity);
    return {
      name: names[supplier] ?? '',
      datesPerRequest: dates,
      share,
      world: {
        ...world,
        experiences: popularity.length,
        popularity,
        bookings: own(world.bookings),
        open: own(world.open),
        priceChanges: own(world.priceChanges),
        reads: own(world.reads),
        dateDemand: world.dateDemand && own(world.dateDemand),
        lastStart: own(world.lastStart),
        readsPerDay: share * world.readsPerDay,
      },
    };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
