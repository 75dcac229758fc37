import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsInt,
  IsNumber,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';

const INT32 = 2_147_483_647;
const MOST_MONEY = 1e9;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const CURRENCY = /^[A-Z]{3}$/;

/** Text that PostgreSQL can hold: well-formed, without NUL. */
function IsText(least: number, most: number): PropertyDecorator {
  return ValidateBy({
    name: 'isText',
    validator: {
      validate: (value) =>
        typeof value === 'string' &&
        value.length >= least &&
        value.length <= most &&
        !value.includes('\0') &&
        !/\p{Surrogate}/u.test(value),
      defaultMessage: (args) => `${args?.property} must be text of ${least} to ${most} characters`,
    },
  });
}

/** `ValidateNested` alone lets pass what is missing, and lists. */
function IsRecord(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isRecord',
      validator: {
        validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: (args) => `${args?.property} must be an object`,
      },
    },
    options,
  );
}

function IsMoney(): PropertyDecorator {
  return (target, property) => {
    for (const rule of [IsNumber({ allowNaN: false, allowInfinity: false }), Min(0), Max(MOST_MONEY)])
      rule(target, property);
  };
}

function IsCount(): PropertyDecorator {
  return (target, property) => {
    for (const rule of [IsInt(), Min(0), Max(INT32)]) rule(target, property);
  };
}

export class LeapPrice {
  @IsMoney()
  finalPrice: number;

  @IsMoney()
  originalPrice: number;

  @IsMoney()
  discount: number;

  @Matches(CURRENCY)
  currencyCode: string;
}

export class LeapPax {
  @IsText(1, 500)
  type: string;

  @IsOptional()
  @IsText(0, 5_000)
  name?: string | null;

  @IsOptional()
  @IsText(0, 5_000)
  description?: string | null;

  @IsOptional()
  @IsBoolean()
  isPrimary?: boolean | null;

  @IsCount()
  min: number;

  @IsCount()
  max: number;

  @IsCount()
  remaining: number;

  @IsRecord()
  @ValidateNested()
  @Type(() => LeapPrice)
  price: LeapPrice;
}

export class LeapSlot {
  @Matches(DATE)
  startDate: string;

  @Matches(TIME)
  startTime: string;

  @Matches(TIME)
  endTime: string;

  @IsText(1, 500)
  providerSlotId: string;

  @IsCount()
  variantId: number;

  @IsCount()
  remaining: number;

  @Matches(CURRENCY)
  currencyCode: string;

  @IsArray()
  @ArrayNotEmpty()
  @IsRecord({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LeapPax)
  paxAvailability: LeapPax[];
}
