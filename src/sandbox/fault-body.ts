import { isDate } from './calendar.js';
import { FAULT_KINDS, type Fault } from './fault.js';
import { RequestError } from './request-error.js';

interface Field {
  expected: string;
  isRight: (value: unknown) => boolean;
}

const FIELDS: Readonly<Record<string, Field>> = {
  kind: {
    expected: `one of ${FAULT_KINDS.join(', ')}`,
    isRight: (value) => FAULT_KINDS.some((kind) => kind === value),
  },
  api: { expected: 'leap or octo', isRight: (value) => value === 'leap' || value === 'octo' },
  share: { expected: 'a number from 0 to 1', isRight: (value) => isNumber(value) && value >= 0 && value <= 1 },
  experienceId: { expected: 'a product id', isRight: Number.isInteger },
  date: { expected: 'a date YYYY-MM-DD', isRight: (value) => typeof value === 'string' && isDate(value) },
  times: { expected: 'a whole number above 0', isRight: (value) => isWhole(value) && value > 0 },
  latencyMs: { expected: 'a whole number of milliseconds', isRight: isWhole },
  status: {
    expected: 'an HTTP status from 200 to 599',
    isRight: (value) => isWhole(value) && value >= 200 && value <= 599,
  },
  body: { expected: 'any JSON', isRight: () => true },
};

/** The fault that a request asks for, or an error that lists all that is wrong with it. */
export function faultFrom(body: unknown): Fault {
  const wrong = isRecord(body) ? complaints(body) : ['the fault must be a JSON object'];
  if (wrong.length > 0) throw new RequestError(400, `Not a fault: ${wrong.join('; ')}`);
  return body as Fault;
}

function complaints(body: Record<string, unknown>): string[] {
  const wrong = Object.entries(body).flatMap(([name, value]) => complaint(name, value));
  if (!('kind' in body)) wrong.push(...complaint('kind', undefined));
  if (body['kind'] === 'status' && !('status' in body)) wrong.push(...complaint('status', undefined));
  if (body['kind'] !== 'status' && ('status' in body || 'body' in body))
    wrong.push('status and body belong to the kind status');
  return wrong;
}

function complaint(name: string, value: unknown): string[] {
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  // A misspelt scope would make the fault hit every request.
  if (field === undefined) return [`${name} is unknown, known are ${Object.keys(FIELDS).join(', ')}`];
  return field.isRight(value) ? [] : [`${name} must be ${field.expected}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isWhole(value: unknown): value is number {
  return isNumber(value) && Number.isSafeInteger(value) && value >= 0;
}
