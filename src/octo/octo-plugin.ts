import type { FastifyInstance } from 'fastify';
import type { OctoApi } from './octo-api.js';
import { PREFIX } from './octo-route.js';

/**
 * Leads all that lies below `/octo` to the API, past the framework’s reading of bodies: for requests that come while the server
 * stops, when the framework answers all of them.
 */
export function addOctoRoutes(server: FastifyInstance, api: Pick<OctoApi, 'answer'>): void {
  server.register(
    (octo, _options, done) => {
      octo.removeAllContentTypeParsers();
      octo.addContentTypeParser('*', (_request, payload, parsed) => {
        parsed(null, payload);
      });
      for (const url of ['/', '/*']) {
        octo.route({
          method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
          url,
          handler: (request, reply) => {
            reply.hijack();
            api.answer(request.raw, reply.raw, request.id);
          },
        });
      }
      done();
    },
    { prefix: PREFIX },
  );
}
