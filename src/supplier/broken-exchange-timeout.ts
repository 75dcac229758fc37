import type { Phase } from './broken-exchange-progress.js';

export interface Overdue {
  readonly phase: Phase;
  /** Bytes of the body that were received. */
  readonly bytes: number;
  readonly timeoutMs: number;
  /** The host to connect to, and the proxy if there is one. */
  readonly destination: string;
}

/** The text of a failure by timeout, which names the phase of the exchange. */
export function overdue({ phase, bytes, timeoutMs, destination }: Overdue): string {
  const time = timeoutMs < 1_000 ? `${timeoutMs} ms` : `${timeoutMs / 1_000} s`;
  if (phase === 'connecting') return `connecting to ${destination} took longer than ${time}`;
  if (phase === 'waiting') return `no answer within ${time}`;
  return `the answer broke off after ${amount(bytes)}: not whole within ${time}`;
}

function amount(bytes: number): string {
  if (bytes === 0) return 'its head';
  return bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en')} bytes`;
}
