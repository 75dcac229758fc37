import { type FastifyInstance, fastify } from 'fastify';
import { RequestError } from './request-error.js';

const BODY_LIMIT = 32 * 1024 * 1024;

/** A bare server: it takes any JSON whatever its content type (curl sends another), and does not wait for silent connections to close. */
export function httpApp(): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT,
    routerOptions: { ignoreTrailingSlash: true },
    exposeHeadRoutes: false,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : (JSON.parse(String(body)) as unknown));
    } catch {
      done(new RequestError(400, 'The body is not JSON'));
    }
  });
  return app;
}
