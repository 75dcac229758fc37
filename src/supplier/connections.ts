import { isAxiosError } from 'axios';
import { Agent as HttpAgent, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';

/** After which time without a request we close a connection: sooner than most servers do (5 s), milliseconds. */
const IDLE_MS = 4_000;

/** What Node.js gives an attempt itself: too little for the other side of the world, and it is not tried again. */
const LEAST_ATTEMPT_MS = 250;
/** Enough for a packet that is lost twice: it is sent again after 1 s and after 3 s. */
const MOST_ATTEMPT_MS = 3_000;

const STALE_CODES: readonly (string | undefined)[] = ['ECONNRESET', 'EPIPE'];

export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/** The connections to a supplier: they are kept, and may be closed by it while a request is on its way. */
export class Connections {
  readonly kept: Agents;
  /** One of its own for each request: what breaks there was no leftover. */
  readonly fresh: Agents;
  private readonly answered = new WeakSet<ClientRequest>();

  /** @param timeoutMs within which an exchange ends, connecting to it included */
  constructor(timeoutMs: number, idleMs = IDLE_MS) {
    const autoSelectFamilyAttemptTimeout = attemptMs(timeoutMs);
    const single = { keepAlive: false, autoSelectFamilyAttemptTimeout };
    this.fresh = { httpAgent: new HttpAgent(single), httpsAgent: new HttpsAgent(single) };
    const options = { keepAlive: true, timeout: idleMs, autoSelectFamilyAttemptTimeout };
    this.kept = {
      httpAgent: this.listening(new HttpAgent(options)),
      httpsAgent: this.listening(new HttpsAgent(options)),
    };
  }

  /**
   * Whether a request failed because its connection, which was used before, had been closed meanwhile: without a byte
   * of an answer, so that nobody has worked on it.
   */
  wasStale(error: unknown): boolean {
    if (!isAxiosError(error) || error.response || !STALE_CODES.includes(error.code)) return false;
    const request = error.request as ClientRequest | undefined;
    return request?.reusedSocket === true && !this.answered.has(request);
  }

  /** Notes which requests on a used connection got a byte. */
  private listening<A extends HttpAgent>(agent: A): A {
    const reuse = agent.reuseSocket.bind(agent);
    agent.reuseSocket = (connection, request) => {
      reuse(connection, request);
      const heard = (): void => void this.answered.add(request);
      // Not before its parser listens: the first listener is who gets the bytes.
      request.once('socket', (socket: Socket) => {
        socket.once('data', heard);
        request.once('close', () => socket.off('data', heard));
      });
    };
    return agent;
  }
}

/**
 * How long an address of several may take to accept a connection, before it is given up for the next one (IPv6 and IPv4,
 * say). A quarter of the whole time: a few that are dead must leave some for the one that lives.
 */
export function attemptMs(timeoutMs: number): number {
  return Math.max(LEAST_ATTEMPT_MS, Math.min(MOST_ATTEMPT_MS, Math.floor(timeoutMs / 4)));
}
