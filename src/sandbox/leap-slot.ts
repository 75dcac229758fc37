// What the supplier answers, in its own names.

export interface LeapPrice {
  discount: number;
  finalPrice: number;
  originalPrice: number;
  currencyCode: string;
}

export interface LeapPax {
  max: number;
  min: number;
  remaining: number;
  type: string;
  isPrimary: boolean;
  description: string;
  name: string;
  price: LeapPrice;
}

export interface LeapSlot {
  startDate: string;
  startTime: string;
  endTime: string;
  providerSlotId: string;
  remaining: number;
  currencyCode: string;
  variantId: number;
  paxAvailability: LeapPax[];
}
