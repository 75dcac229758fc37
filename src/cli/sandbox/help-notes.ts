import { FAULT_KINDS, type FaultKind } from '../../sandbox/index.js';

const FAULTS: Readonly<Record<FaultKind, string>> = {
  latency: 'answers right, but late ("latencyMs")',
  hang: 'accepts the request and never answers',
  reset: 'destroys the connection',
  status: 'answers with another "status", and with "body"',
  half: 'declares the whole length, and closes in the middle',
  truncated: 'sends half of the JSON as if it were all',
  html: 'answers 200 with a web page',
  shape: 'answers valid JSON that is not a list',
  wrongDate: 'answers the slots of another date',
  duplicate: 'lists one slot twice',
  absurd: 'sends numbers that cannot be',
  malformedSlot: 'leaves out the pax types of one slot',
  empty: 'answers nothing, where there may be something',
};

const width = Math.max(...FAULT_KINDS.map((kind) => kind.length));
const faults = FAULT_KINDS.map((kind) => `  ${kind.padEnd(width)}  ${FAULTS[kind]}`).join('\n');

/** Routes and faults, below the options. */
export const NOTES = `Routes:

  GET /api/v1/inventory/<id>?date=            Leap, with any x-api-key
  /octo/…                                     OCTO, with any Bearer key: products, availability, calendar, notifications
  GET /sandbox/experiences                    its products
  GET /sandbox/truth/<id>?date=               what it would answer; PUT or DELETE /sandbox/truth/<id>/<date> sets a day
  GET /sandbox/octo/<product>/<option>/<date>  the same as OCTO
  GET, POST, DELETE /sandbox/faults           lists faults, switches one on, ends all
  GET, DELETE /sandbox/requests               the log of requests

Faults, as in {"kind": "status", "status": 500}:

${faults}

  Each may have "api" (leap, octo), "experienceId", "date", "share" (of requests, 0 to 1), "times", and "latencyMs".`;
