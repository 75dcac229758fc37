import { PROBLEMS } from '../http/index.js';
import type { Part } from './operation.js';
import {
  count,
  cursor,
  date,
  flag,
  id,
  instant,
  list,
  localTime,
  number,
  orNull,
  record,
  ref,
  text,
} from './schema-parts.js';
import { budget, readReplica, run, status } from './status-schemas.js';

const price = record(
  {
    finalPrice: number,
    originalPrice: { ...orNull(number), description: 'Null: the supplier names none' },
    discount: { ...orNull(number), description: 'Below zero: a surcharge. Null: the supplier names none' },
    currencyCode: text,
  },
  'Money in the currency’s major unit',
);
const pax = record({
  ...{ type: text, name: orNull(text), description: orNull(text), isPrimary: flag },
  min: { ...orNull(count), description: 'How many of this type a booking takes at least; null: no bound' },
  max: { ...orNull(count), description: 'At most; null: no bound' },
  remaining: { ...orNull(count), description: 'Null: unlimited' },
  price: ref('Price'),
});
const slot = record({
  ...{
    startDate: date,
    startTime: localTime,
    endTime: {
      ...orNull(localTime),
      description: 'Local time, `24:00` included; before `startTime`: on the next date. Null: the supplier names none',
    },
    providerSlotId: { ...text, description: 'Unique within the date and variant' },
    variantId: orNull({ type: 'integer' }),
  },
  remaining: { ...orNull(count), description: 'Null: unlimited' },
  ...{ currencyCode: text, price: ref('Price'), paxAvailability: list(ref('PaxAvailability')) },
});
const degraded = (more: Readonly<Record<string, Part>> = {}): Part => ({
  anyOf: [
    record(
      {
        code: { ...text, description: 'Stable: what is wrong, like `bad_answer`, `gone` or `timeout`' },
        since: instant,
        ...more,
      },
      'Requests to the supplier fail, so this is older than promised; or slots of its answer could not be read',
    ),
    { type: 'null' },
  ],
});
const day = record({
  ...{ id, date, asOf: instant, staleAfter: instant, degraded: degraded() },
  slots: { ...list(ref('Slot')), description: 'Those of today that have started have nothing left' },
});
const calendar = record({
  ...{ id, from: date, to: date, asOf: orNull(instant), staleAfter: orNull(instant) },
  degraded: degraded({ dates: list(date) }),
  dates: list(
    record({
      ...{ date, price: ref('Price') },
      remaining: { ...orNull(count), description: 'In all slots that can be booked; null: unlimited' },
      slots: count,
    }),
  ),
  unknown: list(date),
});
const experience: Part = {
  ...record({
    ...{ id, name: orNull(text), timeZone: text, syncing: flag },
    paused: {
      type: ['object', 'null'],
      properties: { since: instant, until: orNull(instant), by: orNull(text), reason: orNull(text) },
      required: ['since', 'until'],
      additionalProperties: false,
      description: 'Its own pause. `by` and `reason` are told to admins alone',
    },
  }),
};
const pass = record({
  state: { type: 'string', enum: ['running', 'done', 'incomplete', 'paused', 'refused', 'outage', 'stopped'] },
  ...{ days: count, confirmed: count, changed: count, unchanged: count, failed: count, left: count },
  ...{ startedAt: instant, finishedAt: orNull(instant) },
});
const dayDetail = record({
  ...{ experienceId: id, date, timeZone: text, confirmedAt: orNull(instant), changedAt: orNull(instant) },
  ...{ staleAfter: orNull(instant), version: count, promiseSeconds: orNull(number) },
  due: record({
    why: {
      type: 'string',
      enum: [
        'leased',
        'never',
        'paused',
        'held',
        'wanted',
        'retry',
        'doubt',
        'never-fetched',
        'promise',
        'turn',
        'worth',
      ],
    },
    ...{ text, at: orNull(instant) },
  }),
  ...{ leasedUntil: orNull(instant), leasedBy: orNull(text), attempts: count, lastError: orNull(text) },
  ...{ failedAt: orNull(instant), failureKind: orNull(text), advice: orNull(text), emptySeenAt: orNull(instant) },
  ...{ droppedSlots: count, oddities: list(record({ code: text, detail: text, slots: count })) },
  slots: { anyOf: [list(ref('Slot')), { type: 'null' }] },
});
const dayMap = record({
  ...{ asOf: instant, length: count },
  promises: list({ ...number, description: 'How old a day may be, seconds, by its place in the window' }),
  experiences: list(
    record({
      ...{ id, name: orNull(text), timeZone: text, from: date, paused: flag },
      ages: list({ type: ['integer', 'null'], description: 'Seconds since it was confirmed; null: never' }),
      flags: list({ ...count, description: 'Added up: 1 closed, 2 sold out, 4 last request failed, 8 asked for now' }),
    }),
  ),
  nextAfter: orNull(id),
});
const history = record({
  ...{ range: { type: 'string', enum: ['hour', 'day'] }, stepSeconds: count },
  points: list(
    record({
      ...{ at: instant, changed: count, unchanged: count, failed: count, refused: count, reads: count, hits: count },
      ...{
        days: orNull(number),
        freshDays: orNull(number),
        ageP50Seconds: orNull(number),
        ageP95Seconds: orNull(number),
      },
    }),
  ),
});
const auditEntry = record({
  ...{ id: text, at: instant, actor: text, action: text, experienceId: orNull(id) },
  ...{ detail: { type: ['object', 'null'] }, requestId: orNull(text) },
});
const problem: Part = {
  ...record({
    ...{ type: { const: 'about:blank' }, title: text, status: { type: 'integer' } },
    code: { type: 'string', enum: Object.keys(PROBLEMS), description: 'Never changes its meaning' },
    detail: text,
  }),
  description: 'RFC 9457. Some problems have more members, for clients to act on',
  additionalProperties: true,
};

export const SCHEMAS: Readonly<Record<string, Part>> = {
  ...{ Price: price, PaxAvailability: pax, Slot: slot, Day: day, Calendar: calendar, Experience: experience },
  ...{
    Budget: budget,
    ReadReplica: readReplica,
    Status: status,
    Run: run,
    Backfill: pass,
    DayDetail: dayDetail,
    DayMap: dayMap,
    History: history,
  },
  ...{ AuditEntry: auditEntry, Problem: problem },
  ExperienceList: record({ experiences: list(ref('Experience')), nextCursor: cursor }),
  RunList: record({ runs: list(ref('Run')), nextCursor: cursor }),
  AuditList: record({ entries: list(ref('AuditEntry')), nextCursor: cursor }),
  PauseRequest: {
    type: 'object',
    properties: { reason: { type: ['string', 'null'], maxLength: 500 }, until: orNull(instant) },
    additionalProperties: false,
  },
  ExperienceRequest: {
    type: 'object',
    properties: { name: { type: ['string', 'null'], maxLength: 200 }, timeZone: orNull(text) },
    additionalProperties: false,
  },
  RunRequest: {
    type: 'object',
    properties: {
      days: { type: 'integer', minimum: 1, maximum: 366 },
      experiences: { type: 'array', items: id, maxItems: 10_000 },
      fresh: { ...flag, description: 'Also the days that are as fresh as promised' },
    },
    additionalProperties: false,
  },
};
