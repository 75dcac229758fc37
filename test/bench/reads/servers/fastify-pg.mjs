// The framework and one prepared statement on the same table, nothing else. node fastify-pg.mjs <database url>
import { Buffer } from 'node:buffer';
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
  text: `SELECT fingerprint || '-Asia%2FSingapore' AS tag, '{"id":' || experience_id || ',"date":"' || date || '","timeZone":"Asia/Singapore","asOf":"' || ${instant('confirmed_at')}
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

const AVAILABILITY = {
  name: 'availability',
  text: `SELECT e.id, d.short_slots AS short, ${instant('d.confirmed_at')} AS "asOf", ${instant('d.stale_after')} AS "staleAfter",
      (SELECT f.epoch || '.' || pg_snapshot_xmin(pg_current_snapshot()) || '.0' FROM change_feed f) AS position
    FROM experience e JOIN day d ON d.experience_id = e.id AND d.date = $1 ORDER BY e.id LIMIT 500`,
};

/** The cheapest slot for a party by category. It knows what the bench's days are like: one currency, a primary adult, no bound. */
function cheapest(short, party) {
  const [kindsLine, columnsLine, ...names] = short.split('\n');
  const kinds = JSON.parse(kindsLine);
  const [remaining, ...columns] = JSON.parse(columnsLine);
  const wanted = party.map(({ category, count }) => [columns[kinds.findIndex((kind) => kind[1] === category)], count]);
  const people = party.reduce((sum, { count }) => sum + count, 0);
  let best;
  let fitting = 0;
  for (let at = 0; at < names.length; at++) {
    if (people > remaining[at]) continue;
    let cents = 0;
    const fits = wanted.every(([[places, prices], count]) => {
      cents += count * Math.round(prices[at] * 100);
      return count <= places[at];
    });
    if (!fits) continue;
    fitting++;
    if (!best || cents < best.cents) best = { cents, at };
  }
  const [startTime, endTime, providerSlotId, variantId] = JSON.parse(names[best.at]);
  const total = { amount: best.cents / 100, currencyCode: 'SGD' };
  const finalPrice = columns[0][1][best.at];
  const slot = {
    startTime,
    endTime,
    providerSlotId,
    variantId,
    remaining: remaining[best.at],
    finalPrice,
    currencyCode: 'SGD',
  };
  return { total, slot, slots: fitting };
}

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

app.get('/api/v1/availability', async (request, reply) => {
  const { date } = request.query;
  const party = request.query.party.split(',').map((text) => {
    const [category, count] = text.split(':');
    return { category, count: Number(count) };
  });
  const { rows } = await pool.query({ ...AVAILABILITY, values: [date] });
  const parts = rows.map(({ id, short, asOf }) => {
    const head = `"id":${id},"timeZone":"Asia/Singapore"`;
    const dates = JSON.stringify([{ date, state: 'available', ...cheapest(short, party) }]);
    return { head, asOf, content: `"degraded":null,"dates":${dates}` };
  });
  const next = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  const range = `"from":"${date}","to":"${next}"`;
  const tail = '"notMirrored":[],"nextCursor":null';
  const first = (name) => rows.reduce((least, row) => (row[name] < least ? row[name] : least), rows[0][name]);
  // The tag is that of the content, without instants.
  const blank = '1970-01-01T00:00:00.000Z';
  const textOf = (instant) => {
    const ages = `"asOf":"${instant(first('asOf'))}","staleAfter":"${instant(first('staleAfter'))}"`;
    const experiences = parts.map(({ head, asOf, content }) => `{${head},"asOf":"${instant(asOf)}",${content}}`);
    return `{${range},${ages},"experiences":[${experiences}],${tail}`;
  };
  const tag = createHash('sha256')
    .update(textOf(() => blank))
    .digest('base64url')
    .slice(0, 22);
  const cursor = Buffer.from(rows[0].position).toString('base64url');
  return send(request, reply, tag, `${textOf((instant) => instant)},"changesCursor":"${cursor}"}`);
});

await app.listen({ port: 0, host: '127.0.0.1' });
announce(app.server.address().port);
