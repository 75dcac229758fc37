// The framework and one prepared statement on the same table, nothing else. node fastify-pg.mjs <database url>
import { createHash } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';
import { announce } from './competitor.mjs';

// As many connections as our server has for reads.
const pool = new pg.Pool({ connectionString: process.argv[2], max: 8 });
const app = fastify();

const instant = (column) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const SLOTS = {
  name: 'slots',
  text: `SELECT fingerprint AS tag, '{"id":' || experience_id || ',"date":"' || date || '","asOf":"' || ${instant('confirmed_at')}
      || '","staleAfter":"' || ${instant('stale_after')} || '","degraded":null,"slots":' || slots::text || '}' AS body
    FROM day WHERE experience_id = $1 AND date = $2 AND slots IS NOT NULL`,
};

const DATES = {
  name: 'dates',
  text: `SELECT '"id":' || $1::int || ',"from":"' || min(date) || '","to":"' || max(date) + 1 || '"' AS head,
      '"asOf":"' || ${instant('min(confirmed_at)')} || '","staleAfter":"' || ${instant('min(stale_after)')} || '"' AS freshness,
      '"dates":[' || string_agg(calendar_entry, ',' ORDER BY date) || '],"unknown":[]' AS content
    FROM day WHERE experience_id = $1 AND date >= current_date - 1 AND confirmed_at IS NOT NULL AND open_slots > 0`,
};

function send(request, reply, tag, body) {
  const etag = `W/"${tag}"`;
  reply.header('etag', etag);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(body);
}

app.get('/api/v1/experience/:id/slots', async (request, reply) => {
  const { rows } = await pool.query({ ...SLOTS, values: [request.params.id, request.query.date] });
  return send(request, reply, rows[0].tag, rows[0].body);
});

app.get('/api/v1/experience/:id/dates', async (request, reply) => {
  const { rows } = await pool.query({ ...DATES, values: [request.params.id] });
  const { head, freshness, content } = rows[0];
  const tag = createHash('sha256').update(`${head}${content}null`).digest('base64url').slice(0, 22);
  return send(request, reply, tag, `{${head},${freshness},"degraded":null,${content}}`);
});

await app.listen({ port: 0, host: '127.0.0.1' });
announce(app.server.address().port);
