import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { parseEnv } from 'node:util';
import { whereToAsk } from './where-to-ask.js';

/** For the image's health check, so it starts fast: nothing but Node. `node dist/health/probe.js "$HOST" "$PORT"` */
const WAIT_MS = 2_500;

/** What the process's environment does not say, `.env` may: as the server reads it. */
function fileSettings(): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch {
    return {};
  }
}

const [, , host = '', port = ''] = process.argv;
const { HOST, PORT } = fileSettings();

function end(healthy: boolean): void {
  process.exit(healthy ? 0 : 1);
}

get({ ...whereToAsk(host || HOST, port || PORT), path: '/health/live', timeout: WAIT_MS }, ({ statusCode }) => {
  end(statusCode === 200);
})
  .on('timeout', () => {
    end(false);
  })
  .on('error', () => {
    end(false);
  });
