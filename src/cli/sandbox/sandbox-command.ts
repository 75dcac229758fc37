import { parseInteger } from '../../config/index.js';
import { SandboxSupplier } from '../../sandbox/index.js';
import type { Command } from '../command.js';
import { stopSignal } from '../stop-signal.js';
import { greeting } from './greeting.js';
import { NOTES } from './help-notes.js';

export const OPTIONS = {
  port: { value: 'N', parse: parseInteger(0, 65_535), default: '4010', help: 'where it listens; 0: any free port' },
  host: { value: 'NAME', parse: String, default: '127.0.0.1', help: 'the address to listen on' },
  experiences: {
    value: 'N',
    parse: parseInteger(1, 1_000_000),
    default: '5',
    help: 'how many products, from id 14 on',
  },
  seed: {
    value: 'N',
    parse: parseInteger(0, 9_999_999_999),
    default: '1',
    help: 'another seed, other slots and prices',
  },
  'requests-per-minute': {
    ...{ value: 'N', parse: parseInteger(1, 1_000_000), default: '30' },
    help: 'what it allows; beyond that it answers 429',
  },
  'octo-requests-per-minute': {
    ...{ value: 'N', parse: parseInteger(1, 1_000_000), default: '65' },
    help: 'the same for OCTO, counted apart',
  },
  'octo-days-per-request': {
    ...{ value: 'N', parse: parseInteger(1, 366), default: '31' },
    help: 'the longest range of dates in an OCTO request',
  },
  speed: { value: 'N', parse: speedOf, default: '1', help: 'how many times faster than real time slots change' },
} as const;

export const sandbox: Command<typeof OPTIONS> = {
  name: 'sandbox',
  purpose: 'A supplier to try things with: the Leap and OCTO APIs over HTTP, with made-up products.',
  options: OPTIONS,
  notes: NOTES,
  run: async ({ port, host, experiences, seed, speed, ...rest }, { stdout }) => {
    const requestsPerMinute = rest['requests-per-minute'];
    const octo = {
      requestsPerMinute: rest['octo-requests-per-minute'],
      daysPerRequest: rest['octo-days-per-request'],
    };
    const supplier = new SandboxSupplier({ products: experiences, seed, requestsPerMinute, speed, octo });
    const stop = stopSignal();
    const url = await supplier.start({ host, port });
    const limits = { leap: requestsPerMinute, octo: octo.requestsPerMinute };
    stdout.write(greeting(url, supplier.products(), limits));
    stop.addEventListener('abort', () => void supplier.stop());
    return 0;
  },
  explain: (error) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    return isTaken ? 'The port is in use. Choose another with --port, or --port 0 for any free one.' : undefined;
  },
};

function speedOf(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new Error(`"${text}" is not a number of 0 or more`);
}
