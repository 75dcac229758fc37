import { isAxiosError } from 'axios';
import { Agent as HttpAgent, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';

/** How long an idle connection is kept, milliseconds. Shorter than most servers keep it (5 s). */
const IDLE_MS = 4_000;

/** The default time of Node.js for an attempt. It is too short for distant servers, and the address is not tried again. */
const LEAST_ATTEMPT_MS = 250;
/** Enough for a packet that is lost twice, which is sent again after 1 s and after 3 s. */
const MOST_ATTEMPT_MS = 3_000;

const STALE_CODES: readonly (string | undefined)[] = ['ECONNRESET', 'EPIPE'];

export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/** The connections to a supplier. They are kept alive, and the supplier may close one while a request is in flight. */
export class Connections {
  readonly kept: Agents;
  /** A new connection for each request, so that a failure is not due to a stale one. */
  readonly fresh: Agents;
  private readonly answered = new WeakSet<ClientRequest>();

  /** @param timeoutMs the limit of a whole exchange, connecting included */
  constructor(timeoutMs: number, idleMs = IDLE_MS) {
    const autoSelectFamilyAttemptTimeout = attemptMs(timeoutMs);
    const single = { keepAlive: false, autoSelectFamilyAttemptTimeout };
    this.fresh = { httpAgent: new HttpAgent(single), httpsAgent: new HttpsAgent(single) };
    const options = { keepAlive: true, autoSelectFamilyAttemptTimeout };
    this.kept = {
      httpAgent: this.listening(closingIdle(new HttpAgent(options), idleMs)),
      httpsAgent: this.listening(closingIdle(new HttpsAgent(options), idleMs)),
    };
  }

  /**
   * Whether a request failed because its reused connection had been closed. No byte of an answer came, so the supplier has
   * not processed the request.
   */
  wasStale(error: unknown): boolean {
    if (!isAxiosError(error) || error.response || !STALE_CODES.includes(error.code)) return false;
    const request = error.request as ClientRequest | undefined;
    return request?.reusedSocket === true && !this.answered.has(request);
  }

  /** Notes which requests on a reused connection received a byte. */
  private listening<A extends HttpAgent>(agent: A): A {
    const reuse = agent.reuseSocket.bind(agent);
    agent.reuseSocket = (connection, request) => {
      reuse(connection, request);
      const heard = (): void => void this.answered.add(request);
      // Only after its parser listens, because the first listener gets the bytes.
      request.once('socket', (socket: Socket) => {
        socket.once('data', heard);
        request.once('close', () => socket.off('data', heard));
      });
    };
    return agent;
  }
}

/**
 * Closes connections that nobody used for so long. Not by the option `timeout`: a tunnel through a proxy takes it for the time within which
 * it has to be there, and loses the connection that comes later.
 */
function closingIdle<A extends HttpAgent>(agent: A, idleMs: number): A {
  const [keep, reuse] = [agent.keepSocketAlive.bind(agent), agent.reuseSocket.bind(agent)];
  agent.keepSocketAlive = (socket: Socket) => {
    const isKept = (keep as (socket: Socket) => boolean)(socket);
    if (isKept) socket.setTimeout(idleMs);
    return isKept;
  };
  agent.reuseSocket = (socket: Socket, request) => {
    socket.setTimeout(0);
    reuse(socket, request);
  };
  return agent;
}

/**
 * How long one of several addresses may take to accept a connection before the next one is tried (for example IPv6, then
 * IPv4). A quarter of the whole time, so that a few dead addresses leave enough time for a live one.
 */
export function attemptMs(timeoutMs: number): number {
  return Math.max(LEAST_ATTEMPT_MS, Math.min(MOST_ATTEMPT_MS, Math.floor(timeoutMs / 4)));
}
