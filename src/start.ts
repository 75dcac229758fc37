import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './app.factory.js';
import type { AppOptions } from './app.module.js';
import { ServerSettings } from './config/index.js';
import { addressOf } from './http/index.js';
import { startFailure } from './prisma/index.js';

export interface RunningServer {
  readonly app: NestFastifyApplication;
  /** Where it can be reached from this machine. */
  readonly url: string;
}

/** Creates the application and lets it listen. */
export async function startServer(options: AppOptions & { logger: LoggerService }): Promise<RunningServer> {
  const app = await createApp(options);
  const { host, port } = app.get(ServerSettings);
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} on ${host} is in use: stop what listens there, or set PORT to another.`, {
      cause: error,
    });
  }
  const address = app.getHttpServer().address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  return { app, url: addressOf(host, actualPort) };
}

/** Ends the process with a message that a person can use; a fault of the program itself keeps its trace. */
export function failStart(error: unknown): never {
  process.stderr.write(`${startFailure(error) ?? textOf(error)}\n`);
  process.exit(1);
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOurs = error instanceof TypeError || error instanceof ReferenceError;
  return isOurs ? (error.stack ?? String(error)) : error.message;
}
