import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyHttpOptions } from 'fastify';
import type { RequestListener, Server } from 'node:http';
import type { Drain } from './drain.js';
import { DrainingServer, type ServerTimeouts } from './draining-server.js';
import { RouteMethods } from './route-methods.js';
import { ReadFastPath, type ReadSources } from './read-fast-path.js';

/** The framework's adapter, with the read fast path before the framework, and how both stop. */
export class ServerAdapter extends FastifyAdapter {
  readonly routes = new RouteMethods();
  private drain: Drain | undefined;
  private readonly fastPath: ReadFastPath;
  private readonly server: DrainingServer;

  constructor(options: FastifyHttpOptions<Server>) {
    const fastPath = new ReadFastPath();
    const server = new DrainingServer(fastPath);
    super({
      ...options,
      serverFactory: (framework: RequestListener, timeouts: ServerTimeouts) => server.serverFor(framework, timeouts),
    });
    this.fastPath = fastPath;
    this.server = server;
    this.getInstance().addHook('onRoute', ({ url, method }) => {
      this.routes.add(url, method);
    });
    this.getInstance().addHook('preClose', (done) => {
      fastPath.close();
      server.close();
      done();
    });
  }

  /** The application is there. @param keepAliveMs how long an idle connection is kept */
  open(sources: ReadSources, drain: Drain, keepAliveMs: number): void {
    this.drain = drain;
    this.server.keepAlive(keepAliveMs);
    this.fastPath.open(sources);
  }

  /** Called first of all, before the hooks of the application. */
  override beforeClose(): void {
    super.beforeClose();
    this.server.letGo();
    this.drain?.begin(() => {
      this.server.cutAll();
    });
  }

  /** Called when no request of the application is in flight; the database is still there. */
  override async close(): Promise<void> {
    await this.drain?.noticed();
    await super.close();
    this.drain?.end();
  }
}
