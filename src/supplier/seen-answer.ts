import type { Proxy } from '../config/index.js';
import type { Mask } from '../secrets/index.js';
import { isHtmlPage } from './html-page.js';
import { isObject } from './own-words.js';
import type { HeaderReader } from './quota.js';
import { namedEnd, refusalEnd, retryAfterEnd } from './refusal-end.js';
import type { SupplierFailure } from './supplier-error.js';

export interface ReceivedAnswer {
  readonly status: number;
  readonly header: HeaderReader;
  /** Why there is no text, where there is none: it could not be unpacked or decoded, or it broke off. */
  readonly body: string | SupplierFailure;
}

/** What it is read with. */
export interface Reading {
  /** When the answer was received. */
  readonly now: Date;
  readonly mask: Mask;
  /** What the request went through. */
  readonly proxy: Proxy | null;
}

/** An answer, with what several rows of the table look at. */
export interface SeenAnswer extends Reading {
  readonly status: number;
  readonly header: HeaderReader;
  /** Empty where there is none that could be read. */
  readonly body: string;
  readonly unreadable: SupplierFailure | null;
  readonly html: boolean;
  /** Undefined: the body is not JSON, or a list, which is left to whoever reads it. */
  readonly json: unknown;
  /** Until when it asks us to wait. */
  readonly until: Date | null;
}

export function seenAnswer({ status, header, body }: ReceivedAnswer, reading: Reading): SeenAnswer {
  const text = typeof body === 'string' ? body : '';
  const json = status === 200 && text.trimStart().startsWith('[') ? undefined : parsed(text);
  return {
    ...reading,
    status,
    header,
    body: text,
    unreadable: typeof body === 'string' ? null : body,
    html: isHtmlPage(header('content-type'), text),
    json,
    until: waitUntil(reading.now, status, header, resetIn(json)),
  };
}

/** Elsewhere `Retry-After` is about something else: how long a redirect holds, or when a job has ended. */
function waitUntil(now: Date, status: number, header: HeaderReader, reset: unknown): Date | null {
  if (status === 429) return refusalEnd(now, header, reset);
  if (status === 403 || status === 503) return namedEnd(now, header, reset);
  return status >= 400 ? retryAfterEnd(now, header) : null;
}

/** `{"rateLimitState": {"reset": <instant>}}` */
function resetIn(json: unknown): unknown {
  const state = isObject(json) ? json.rateLimitState : undefined;
  return isObject(state) ? state.reset : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
