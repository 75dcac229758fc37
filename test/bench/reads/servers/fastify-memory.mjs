// The framework without a database: captured bytes from memory. node fastify-memory.mjs <folder>
import fastify from 'fastify';
import { announce, readAnswers } from './competitor.mjs';

const answers = readAnswers(process.argv[2]);
const app = fastify();

function answer(request, reply) {
  const found = answers.get(request.url);
  if (!found) return reply.code(404).send();
  reply.headers(found.headers);
  if (request.headers['if-none-match'] === found.etag) return reply.code(304).send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(found.body);
}

app.get('/api/v1/experience/:id/slots', answer);
app.get('/api/v1/experience/:id/dates', answer);
app.get('/api/v1/availability', answer);
await app.listen({ port: 0, host: '127.0.0.1' });
announce(app.server.address().port);
