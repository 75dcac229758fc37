import type { FastifyInstance } from 'fastify';
import { deliver } from './deliver.js';
import type { InventoryAnswers } from './inventory-answers.js';

/** The one route of the Leap API. */
export function addInventoryRoute(app: FastifyInstance, answers: InventoryAnswers, stopped: AbortSignal): void {
  app.get<{ Params: { id: string }; Querystring: { date?: unknown } }>('/api/v1/inventory/:id', (request, reply) => {
    const { params, query, headers } = request;
    const timed = answers.answer({ id: params.id, date: query.date, key: headers['x-api-key'] });
    return deliver(timed, reply, stopped);
  });
}
