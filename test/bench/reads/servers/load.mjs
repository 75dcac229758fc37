// Loads a server: node load.mjs <origin> <sequences file> <seconds>. Prints one line of JSON (LoadResult).
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const [origin, file, seconds] = process.argv.slice(2);
const { status, requests } = JSON.parse(readFileSync(file, 'utf8'));

// autocannon rounds latencies to whole milliseconds; here they are counted in hundredths.
const BINS_PER_MS = 100;
const bins = new Uint32Array(10_000 * BINS_PER_MS);
let responses = 0;
let wrong = 0;
let bytes = 0;

let connection = 0;
const instance = autocannon({
  url: origin + requests[0][0].path,
  connections: requests.length,
  pipelining: 1,
  duration: Number(seconds),
  setupClient: (client) => client.setRequests(requests[connection++]),
});
instance.on('response', (_client, statusCode, responseBytes, milliseconds) => {
  responses += 1;
  bytes += responseBytes;
  if (statusCode !== status) wrong += 1;
  bins[Math.min(bins.length - 1, Math.floor(milliseconds * BINS_PER_MS))] += 1;
});
const before = process.cpuUsage();
const result = await instance;
const used = process.cpuUsage(before);

function percentile(share) {
  let left = responses * share;
  const bin = bins.findIndex((count) => (left -= count) <= 0);
  return (bin + 0.5) / BINS_PER_MS;
}

process.stdout.write(
  JSON.stringify({
    responses,
    seconds: result.duration,
    p50: percentile(0.5),
    p99: percentile(0.99),
    bodyBytes: bytes / responses,
    cpu: (used.user + used.system) / 1_000_000 / result.duration,
    wrong: wrong + result.errors + result.timeouts,
  }),
);
