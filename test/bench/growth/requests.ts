import { setTimeout as sleep } from 'node:timers/promises';
import { Samples } from '../measure.js';
import type { ServerProcess } from '../reads/child.js';

const ADMIN = { authorization: 'Bearer the-admin-key-of-the-bench' };
/** The gauges are read from the database at most every five seconds. */
const GAUGES_KEPT_MS = 5_100;
/** What both catalogues have: the pages compared are of equal length. */
const PAGE = 100;
const MAP_PAGE = 200;

export interface Route {
  readonly name: string;
  /** Milliseconds, at most. */
  readonly target: number | null;
  readonly path: (experiences: number, request: number) => string;
  readonly requests: number;
  readonly restMs?: number;
}

const cursor = (id: number) => Buffer.from(`after ${id}`).toString('base64url');

export const ROUTES: readonly Route[] = [
  { name: 'status', target: 20, path: () => '/api/v1/sync/status', requests: 20 },
  { name: 'metrics', target: 50, path: () => '/metrics', requests: 5, restMs: GAUGES_KEPT_MS },
  { name: 'map, first 200', target: 30, path: () => `/api/v1/sync/days?limit=${MAP_PAGE}`, requests: 20 },
  {
    name: 'map, last 200',
    target: 30,
    path: (experiences) =>
      `/api/v1/sync/days?limit=${MAP_PAGE}&after=${experiences - MAP_PAGE || ''}`.replace(/&after=$/, ''),
    requests: 20,
  },
  { name: 'map, 500', target: 30, path: () => '/api/v1/sync/days', requests: 20 },
  { name: 'catalogue, first 100', target: 10, path: () => `/api/v1/experience?limit=${PAGE}`, requests: 40 },
  {
    name: 'catalogue, last 100',
    target: 10,
    path: (experiences) => `/api/v1/experience?limit=${PAGE}&cursor=${cursor(experiences - PAGE)}`,
    requests: 40,
  },
  {
    name: 'dates of an experience, not in memory',
    target: null,
    path: (experiences, request) => `/api/v1/experience/${1 + ((request * 7_919) % experiences)}/dates`,
    requests: 100,
  },
];

/** Milliseconds of each request, the catalogues in turn. */
export async function timeRoutes(
  servers: readonly { readonly server: ServerProcess; readonly experiences: number }[],
): Promise<Samples> {
  const samples = new Samples();
  for (const { name, path, requests, restMs = 0 } of ROUTES) {
    // The first one is a warm-up.
    for (let request = 0; request <= requests; request++) {
      await sleep(restMs);
      for (const { server, experiences } of servers) {
        const ms = await timed(server.origin + path(experiences, request));
        if (request > 0) samples.add(`${name} ${experiences}`, ms);
      }
    }
  }
  return samples;
}

async function timed(url: string): Promise<number> {
  const start = performance.now();
  const response = await fetch(url, { headers: ADMIN });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return performance.now() - start;
}
