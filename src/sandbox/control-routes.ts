import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isDate } from './calendar.js';
import { faultFrom } from './fault-body.js';
import type { Faults } from './faults.js';
import type { MovingTruth } from './moving-truth.js';
import { productId } from './product-id.js';
import { RequestError } from './request-error.js';
import type { RequestLog } from './request-log.js';

export interface Controlled {
  truth: MovingTruth;
  faults: Faults;
  log: RequestLog;
}

/** What the supplier's API has not: looking behind the answers, and changing them. No key, no limit. */
export function addControlRoutes(app: FastifyInstance, { truth, faults, log }: Controlled): void {
  app.get('/sandbox/experiences', () => truth.products().map(({ id, name }) => ({ id, name })));
  addTruthRoutes(app, truth);
  addFaultRoutes(app, faults);
  app.get('/sandbox/requests', () => log.list());
  app.delete('/sandbox/requests', (_request, reply) => {
    log.clear();
    return reply.code(204).send();
  });
}

function addTruthRoutes(app: FastifyInstance, truth: MovingTruth): void {
  app.get('/sandbox/truth/:id', (request, reply) => {
    const { id, date } = dayOf(request, truth);
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(truth.at(id, date)));
  });
  app.put('/sandbox/truth/:id/:date', (request, reply) => {
    const { id, date } = dayOf(request, truth);
    if (request.body === undefined) throw new RequestError(400, 'The body must be JSON: what to answer for that day');
    truth.set(id, date, request.body);
    return reply.code(204).send();
  });
  app.delete('/sandbox/truth/:id/:date', (request, reply) => {
    const { id, date } = dayOf(request, truth);
    truth.set(id, date, undefined);
    return reply.code(204).send();
  });
}

function addFaultRoutes(app: FastifyInstance, faults: Faults): void {
  app.get('/sandbox/faults', () => faults.list());
  app.post('/sandbox/faults', (request, reply) => {
    const fault = faultFrom(request.body);
    faults.add(fault);
    return reply.code(201).send(fault);
  });
  app.delete('/sandbox/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
}

function dayOf(request: FastifyRequest, truth: MovingTruth): { id: number; date: string } {
  const { id, date } = { ...(request.query as object), ...(request.params as object) } as {
    id: string;
    date?: unknown;
  };
  const known = productId(id);
  if (known === undefined || !truth.knows(known)) throw new RequestError(404, `No product ${id}`);
  if (typeof date !== 'string' || !isDate(date)) throw new RequestError(400, 'date must be a date YYYY-MM-DD');
  return { id: known, date };
}
