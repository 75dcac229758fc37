import type { Proxy } from '../config/index.js';
import type { Mask } from '../secrets/index.js';
import { namedWait, type NamedWait } from './answer-wait.js';
import { isHtmlPage } from './html-page.js';
import type { HeaderReader } from './quota.js';
import type { SupplierFailure } from './supplier-error.js';

export interface ReceivedAnswer {
  readonly status: number;
  readonly header: HeaderReader;
  /** The text, or the reason why there is none: it could not be unpacked or decoded, or it broke off. */
  readonly body: string | SupplierFailure;
}

/** The circumstances of reading an answer. */
export interface Reading {
  /** When the answer was received. */
  readonly now: Date;
  readonly mask: Mask;
  /** The proxy of the request. */
  readonly proxy: Proxy | null;
}

/** An answer, with facts that several rows of the table use. */
export interface SeenAnswer extends Reading, NamedWait {
  readonly status: number;
  readonly header: HeaderReader;
  /** Empty: no readable body. */
  readonly body: string;
  readonly unreadable: SupplierFailure | null;
  readonly html: boolean;
  /** Undefined: the body is not JSON, or a list, which is parsed later. */
  readonly json: unknown;
}

export function seenAnswer({ status: sent, header, body }: ReceivedAnswer, reading: Reading): SeenAnswer {
  // 203 is a 200 that a proxy has transformed (RFC 9110 15.3.4).
  const status = sent === 203 ? 200 : sent;
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
    ...namedWait({ status, header, json }, reading),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
