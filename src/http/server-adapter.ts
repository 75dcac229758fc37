import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyHttpOptions } from 'fastify';
import type { Server } from 'node:http';
import type { Behind, FrontDoor } from './front-door.js';
import type { Drain } from './drain.js';

/** The framework's adapter, with what stands before the framework and how both stop. */
export class ServerAdapter extends FastifyAdapter {
  private drain: Drain | undefined;

  constructor(
    private readonly front: FrontDoor,
    options: FastifyHttpOptions<Server>,
  ) {
    super(options);
  }

  /** The application is there. @param keepAliveMs how long a connection over which nothing is asked is kept */
  open(behind: Behind, drain: Drain, keepAliveMs: number): void {
    this.drain = drain;
    this.front.open(behind, keepAliveMs);
  }

  /** Called first of all, before the hooks of the application. */
  override beforeClose(): void {
    super.beforeClose();
    this.front.letGo();
    this.drain?.begin(() => {
      this.front.cutAll();
    });
  }

  /** Called when nothing of the application is in flight any more; the database is still there. */
  override async close(): Promise<void> {
    await this.drain?.noticed();
    await super.close();
    this.drain?.end();
  }
}
