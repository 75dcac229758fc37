export const FAULT_KINDS = [
  /** Answers right, but late. */
  'latency',
  /** Accepts the request and never answers. */
  'hang',
  /** Destroys the connection. */
  'reset',
  /** Answers with another status. */
  'status',
  /** Declares the whole length, and closes in the middle. */
  'half',
  /** Sends half of the JSON as if it were all. */
  'truncated',
  /** 200, with a web page. */
  'html',
  /** Valid JSON that is not a list. */
  'shape',
  /** The slots of another date. */
  'wrongDate',
  /** One slot twice. */
  'duplicate',
  /** Numbers that cannot be. */
  'absurd',
  /** One slot lacks its pax types. */
  'malformedSlot',
  /** Nothing, where there may be something. */
  'empty',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultScope {
  /** Only one of the two APIs; both by default. */
  api?: 'leap' | 'octo';
  /** Which share of the requests it hits, evenly spread; all of them by default. */
  share?: number;
  /** Only this product, by its number also in OCTO; any by default. */
  experienceId?: number;
  /** Only requests for this date, alone or among others; any by default. */
  date?: string;
  /** After so many hits it is over. */
  times?: number;
  /** Wait so long first; possible with every kind. */
  latencyMs?: number;
}

export interface StatusFault extends FaultScope {
  kind: 'status';
  status: number;
  body?: unknown;
}

export interface PlainFault extends FaultScope {
  kind: Exclude<FaultKind, 'status'>;
}

export type Fault = StatusFault | PlainFault;
