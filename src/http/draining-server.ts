import { Logger } from '@nestjs/common';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { OpenConnections } from './open-connections.js';
import type { ReadFastPath } from './read-fast-path.js';

/** How long a request may take to arrive. */
const REQUEST_MS = 60_000;

/** As the framework gives them. */
export interface ServerTimeouts {
  readonly keepAliveTimeout?: number;
  readonly requestTimeout?: number;
  readonly connectionTimeout?: number;
}

/** The HTTP server below the framework: it asks the read fast path first, and ends its connections in order when it stops. */
export class DrainingServer {
  private keepAliveMs: number | undefined;
  private readonly logger = new Logger('Server');
  private readonly servers: Server[] = [];
  private readonly connections = new OpenConnections();

  constructor(private readonly fastPath: Pick<ReadFastPath, 'answers'>) {}

  /** @param ms how long an idle connection is kept */
  keepAlive(ms: number): void {
    this.keepAliveMs = ms;
    for (const server of this.servers) server.keepAliveTimeout = ms;
  }

  /** The server is about to close: each response tells its client that the connection ends. */
  letGo(): void {
    this.connections.letGo();
  }

  /** The server closes. Requests that arrived whole are answered; all other connections are cut. */
  close(): void {
    this.connections.cut();
  }

  /** Clients that have not taken their response by now do not get it. */
  cutAll(): void {
    const left = this.connections.cutAll();
    if (left > 0) this.logger.warn(`cut ${left} connections: their clients did not take their responses in time`);
  }

  /** A server that passes to `framework` what the fast path does not answer. Timeouts as the framework would set them. */
  serverFor(framework: RequestListener, timeouts: ServerTimeouts): Server {
    const server = createServer((request, response) => {
      this.connections.asked(request.socket, response);
      if (!this.fastPath.answers(request, response)) framework(request, response);
    });
    server.on('connection', (socket: Socket) => {
      this.connections.add(socket);
    });
    // Called when the server closes, by the framework and by Node.
    server.closeIdleConnections = () => {
      this.connections.cut();
    };
    server.keepAliveTimeout = this.keepAliveMs ?? timeouts.keepAliveTimeout ?? server.keepAliveTimeout;
    // The framework sets none, and half a body would be waited for without end.
    server.requestTimeout = timeouts.requestTimeout || REQUEST_MS;
    server.setTimeout(timeouts.connectionTimeout ?? 0);
    this.servers.push(server);
    return server;
  }
}
