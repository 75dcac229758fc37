import type { Product } from '../product.js';

export interface OctoOption {
  id: string;
  name: string;
  times: readonly string[];
}

/** A product of the sandbox, as OCTO sells it. */
export interface OctoProduct {
  id: string;
  product: Product;
  timeZone: string;
  availabilityType: 'START_TIME' | 'OPENING_HOURS';
  /** It never sells out, and names no number of places. */
  freesale: boolean;
  pricingPer: 'UNIT' | 'BOOKING';
  /** How long a slot lasts. */
  minutes: number;
  /** The first one is the default. */
  options: readonly [OctoOption, ...OctoOption[]];
}

type Traits = Omit<OctoProduct, 'id' | 'product' | 'options'>;

const PLAIN: Traits = {
  timeZone: 'Asia/Singapore',
  availabilityType: 'START_TIME',
  freesale: false,
  pricingPer: 'UNIT',
  minutes: 60,
};

/** What is not plain about the products that are written by hand. */
const TRAITS: Readonly<Record<number, Partial<Traits>>> = {
  15: { freesale: true, minutes: 360 },
  16: { availabilityType: 'OPENING_HOURS' },
  // From 20:45 it lasts until 00:45 of the next date.
  17: { pricingPer: 'BOOKING', minutes: 240 },
  // Its clocks change twice a year.
  18: { timeZone: 'America/Vancouver', minutes: 90 },
};

/** Sells its slots in turn as two options, which cost differently. */
const TWO_OPTIONS = 14;

export function octoProduct(product: Product): OctoProduct {
  return { ...PLAIN, ...TRAITS[product.id], id: `octo-${product.id}`, product, options: optionsOf(product) };
}

/** The number of the product in the sandbox; undefined when the text is no OCTO id of it. */
export function numberOf(id: string): number | undefined {
  const digits = /^octo-([1-9]\d{0,14})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The option to which a start time belongs; a time that was set by hand and is no usual one belongs to the default. */
export function optionOfTime({ options }: OctoProduct, time: string): OctoOption {
  return options.find(({ times }) => times.includes(time)) ?? options[0];
}

function optionsOf({ id, times }: Product): OctoProduct['options'] {
  if (id !== TWO_OPTIONS) return [{ id: 'DEFAULT', name: 'Standard', times }];
  const every = (rest: number): string[] => times.filter((_, index) => index % 2 === rest);
  return [
    { id: 'shared', name: 'Shared Gondola', times: every(0) },
    { id: 'private', name: 'Private Gondola', times: every(1) },
  ];
}
