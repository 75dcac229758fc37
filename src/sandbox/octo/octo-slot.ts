import type { OctoPricing, OctoUnitPricing } from './octo-price.js';

// What the supplier answers, in the names of OCTO.

export type OctoStatus = 'AVAILABLE' | 'FREESALE' | 'SOLD_OUT' | 'LIMITED' | 'CLOSED';

export interface OctoHours {
  from: string;
  to: string;
}

export interface OctoPlaces {
  available: boolean;
  status: OctoStatus;
  vacancies: number | null;
  capacity: number | null;
}

/** With its prices, which go out with the capability `octo/pricing` only. */
export interface OctoSlot extends OctoPlaces {
  id: string;
  localDateTimeStart: string;
  localDateTimeEnd: string;
  utcCutoffAt: string;
  allDay: boolean;
  maxUnits: number | null;
  openingHours: OctoHours[];
  unitPricing?: OctoUnitPricing[];
  pricing?: OctoPricing;
}

export interface OctoDay extends OctoPlaces {
  localDate: string;
  openingHours: OctoHours[];
  unitPricingFrom?: OctoUnitPricing[];
  pricingFrom?: OctoPricing;
}
