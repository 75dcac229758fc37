import { type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule, type AppOptions } from './app.module.js';
import { ServerSettings } from './config/index.js';
import { CacheMisses } from './experience/index.js';
import {
  addHeaders,
  BodyPipe,
  compressedPayload,
  CROSS_ORIGIN,
  Drain,
  KnownQuery,
  logAccess,
  logFailure,
  ProblemFilter,
  ReadProblems,
  refuseMalformed,
  requestIdOf,
  RESPONSE_HEADERS,
  ResponseCache,
  ServerAdapter,
  withoutEmptyBody,
} from './http/index.js';
import { addOctoRoutes, OctoApi } from './octo/index.js';
import { Clock } from './time/index.js';

/** The server as it is deployed, ready to listen. Also what every end-to-end test runs. */
export async function createApp(
  options: AppOptions & { logger?: LoggerService } = {},
): Promise<NestFastifyApplication> {
  const { logger, ...appOptions } = options;
  const app = await NestFactory.create<NestFastifyApplication>(await AppModule.register(appOptions), createAdapter(), {
    abortOnError: false,
    ...(logger ? { logger } : {}),
  });
  return configureApp(app);
}

/** Node accepts no longer head: a longer id is refused as an id. */
const LONGEST_PARAM = 16_384;

/** The HTTP server below Nest. What it refuses before Nest sees it is answered as problem+json too. */
export function createAdapter(): ServerAdapter {
  const problems = new ProblemFilter();
  const adapter = new ServerAdapter({
    routerOptions: { maxParamLength: LONGEST_PARAM },
    genReqId: requestIdOf,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      // No hook has run, and hooks add these to every other response.
      addHeaders(reply, [...RESPONSE_HEADERS, 'x-request-id', request.id]);
      problems.answer(error, request, reply);
    },
    clientErrorHandler: refuseMalformed,
    // A request that arrived whole at the last moment is answered like any other.
    return503OnClosing: false,
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-content-type-options', 'nosniff').header('x-request-id', request.id);
    // A request that announces JSON and sends nothing means "no body".
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    if (length === '0' && encoding === undefined) delete request.headers['content-type'];
    done();
  });
  fastify.addHook('preParsing', withoutEmptyBody);
  fastify.addHook('onSend', compressedPayload);
  fastify.addHook('onResponse', (request, reply, done) => {
    logAccess(request, reply);
    done();
  });
  return adapter;
}

/** What `createApp` adds to a Nest application; for tests that build the application with parts replaced. */
export function configureApp(app: NestFastifyApplication): NestFastifyApplication {
  app.useGlobalInterceptors(new KnownQuery());
  app.useGlobalPipes(new BodyPipe());
  app.enableCors(CROSS_ORIGIN);
  const adapter: unknown = app.getHttpAdapter();
  const routes = adapter instanceof ServerAdapter ? adapter.routes : undefined;
  app.useGlobalFilters(new ProblemFilter(app.get(Clock), routes));
  const { trustedProxies: proxies, keepAliveMs } = app.get(ServerSettings);
  const octo = app.get(OctoApi);
  const misses = app.get(CacheMisses);
  const sources = { cache: app.get(ResponseCache), misses, direct: octo, clock: app.get(Clock), proxies };
  if (adapter instanceof ServerAdapter) {
    adapter.open(sources, app.get(Drain), keepAliveMs);
    addOctoRoutes(adapter.getInstance(), octo);
  }
  app.get(ReadProblems).on(logFailure);
  app.enableShutdownHooks();
  return app;
}
