import type { Phase } from './broken-exchange-progress.js';

export interface Overdue {
  readonly phase: Phase;
  /** Of the body that came. */
  readonly bytes: number;
  readonly timeoutMs: number;
  /** Where it was to connect to, with the proxy on the way. */
  readonly destination: string;
}

/** In which phase the time for an exchange was over, in the words of its failure. */
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
