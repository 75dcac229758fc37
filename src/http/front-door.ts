import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import type { Socket } from 'node:net';
import type { Clock } from '../time/index.js';
import type { CachedAnswer, Encoding } from './cached-answer.js';
import { clientAddress } from './client-address.js';
import { isKnownTo, JSON_TYPE } from './fresh-answer.js';
import { OpenConnections } from './open-connections.js';
import { encodingFor } from './accepted-encoding.js';
import { headerOf } from './raw-header.js';
import type { ResponseCache } from './response-cache.js';

/** Answers what the cache does not have. */
export interface MissHandler {
  /**
   * @param client the address of whoever asks
   * @param framework has it answered by the framework after all
   * @returns false: not its business, and nothing was done
   */
  answers(request: IncomingMessage, response: ServerResponse, client: string, framework: () => void): boolean;
  /** From now on it tells clients to let go of their connections. */
  close(): void;
}

/** How long a request may take to come in. */
const REQUEST_MS = 60_000;

/** Answers that are finished already. */
type Memory = Pick<ResponseCache, 'find' | 'compress'>;

/** What stands behind the door. */
export interface Behind {
  readonly cache: Memory;
  readonly misses: MissHandler;
  readonly clock: Clock;
  /** How many proxies stand before the server. */
  readonly proxies: number;
}

/**
 * Answers public reads before the framework sees the request: from memory (look up, compare the tag, write), or else by
 * the one statement that a miss is. Everything else goes through.
 */
export class FrontDoor {
  private behind: Behind | undefined;
  private keepAliveMs: number | undefined;
  private readonly logger = new Logger('Server');
  private readonly servers: Server[] = [];
  private readonly connections = new OpenConnections();

  /** From now on there is something to answer with. @param keepAliveMs of a connection over which nothing is asked */
  open(behind: Behind, keepAliveMs?: number): void {
    this.behind = behind;
    if (keepAliveMs !== undefined) for (const server of this.servers) server.keepAliveTimeout = keepAliveMs;
    this.keepAliveMs = keepAliveMs;
  }

  /** The server is about to close: each answer tells its client to let go of the connection. */
  letGo(): void {
    this.connections.letGo();
  }

  /** The server closes. What was asked as a whole is answered, by the framework from now on; all else is cut. */
  close(): void {
    this.behind?.misses.close();
    this.behind = undefined;
    this.connections.cut();
  }

  /** Whoever has not taken its answer by now does not get it. */
  cutAll(): void {
    const left = this.connections.cutAll();
    if (left > 0) this.logger.warn(`cut ${left} connections: their clients did not take their answers in time`);
  }

  /** A server in which what is not answered here goes to `framework`. Timeouts as the framework would set them. */
  serverFor(framework: RequestListener, timeouts: ServerTimeouts): Server {
    const server = createServer((request, response) => {
      this.connections.asked(request.socket, response);
      if (!this.answers(request, response, framework)) framework(request, response);
    });
    server.on('connection', (socket: Socket) => {
      this.connections.add(socket);
    });
    // Called when the server closes, by the framework and by Node.
    server.closeIdleConnections = () => {
      this.connections.cut();
    };
    server.keepAliveTimeout = this.keepAliveMs ?? timeouts.keepAliveTimeout ?? server.keepAliveTimeout;
    // The framework has none: half a body would be waited for without an end.
    server.requestTimeout = timeouts.requestTimeout || REQUEST_MS;
    server.setTimeout(timeouts.connectionTimeout ?? 0);
    this.servers.push(server);
    return server;
  }

  private answers(request: IncomingMessage, response: ServerResponse, framework: RequestListener): boolean {
    const { behind } = this;
    if (!behind || request.url === undefined) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const now = behind.clock.now();
    const answer = behind.cache.find(request.url, now);
    if (answer) {
      answerFrom(behind.cache, answer, now, request, response);
      return true;
    }
    return behind.misses.answers(request, response, clientAddress(request, behind.proxies), () => {
      framework(request, response);
    });
  }
}

function answerFrom(
  cache: Memory,
  answer: CachedAnswer,
  now: Date,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { known, full } = answer.headsAt(now);
  if (isKnownTo(request, answer.answer, answer.etag)) {
    response.writeHead(304, known as string[]).end();
    return;
  }
  const encoding = encodingFor(headerOf(request, 'accept-encoding'));
  const compressed = encoding && compressedBody(cache, answer, encoding);
  const headers = compressed
    ? [...known, 'content-encoding', encoding, 'content-type', JSON_TYPE, 'content-length', String(compressed.length)]
    : (full as string[]);
  response.writeHead(200, headers);
  response.end(request.method === 'HEAD' ? undefined : (compressed ?? answer.body));
}

function compressedBody(cache: Memory, answer: CachedAnswer, encoding: Encoding): Buffer | undefined {
  const body = answer.compressed(encoding);
  if (!body) cache.compress(answer, encoding);
  return body;
}

export interface ServerTimeouts {
  readonly keepAliveTimeout?: number;
  readonly requestTimeout?: number;
  readonly connectionTimeout?: number;
}
