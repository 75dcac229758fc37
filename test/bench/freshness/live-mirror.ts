import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { SERVER_ARGS } from '../dist.js';
import type { Scope } from '../scope.js';
import type { Read } from './live-reads.js';
import type { Answer } from './live-round-robin.js';

export interface LiveMirrorOptions {
  readonly cwd: string;
  readonly databaseUrl: string;
  readonly client: Client;
  readonly supplierUrl: string;
  readonly budget: number;
  readonly ids: readonly number[];
}

const STOP_MS = 15_000;
/** The last lines of its log: enough to see why it ended. */
const KEPT_LINES = 200;

/** The built program as it is deployed, in a process of its own. It has to run until the bench is over. */
export class LiveMirror {
  readonly name = 'Slotmirror';
  /** Rejects, with the end of its log, when the process ends too early. */
  readonly failed: Promise<never>;
  private readonly said: string[] = [];
  private ending = false;
  private origin = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly client: Client,
  ) {
    this.failed = new Promise((_, reject) => {
      child.once('exit', (code, signal) => {
        if (!this.ending) reject(new Error(`the mirror ended (${code ?? signal}):\n${this.said.join('\n')}`));
      });
    });
    this.failed.catch(() => undefined);
  }

  static async start(scope: Scope, options: LiveMirrorOptions): Promise<LiveMirror> {
    // In a folder without .env.
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    const child = spawn(process.execPath, SERVER_ARGS, { cwd: options.cwd, env: environment(options), stdio });
    const mirror = new LiveMirror(child, options.client);
    scope.defer(() => mirror.stop());
    createInterface({ input: child.stderr }).on('line', (line) => mirror.heard(line));
    const serving = new Promise<string>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        mirror.heard(line);
        const port = /serving on http:\/\/[^\s":]+:(\d+)/.exec(line)?.[1];
        if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
      });
    });
    mirror.origin = await Promise.race([serving, mirror.failed]);
    return mirror;
  }

  async read({ id, date }: Read): Promise<Answer> {
    const response = await this.fetch(`${this.origin}/api/v1/experience/${id}/slots?date=${date}`);
    const body = await response.text();
    if (response.status === 503) return null;
    if (!response.ok) throw new Error(`experience ${id} on ${date}: ${response.status} ${body}`);
    const { asOf } = JSON.parse(body) as { asOf: string };
    // The text itself: the mirror serves the document as it was stored.
    const slots = body.slice(body.indexOf('"slots":') + '"slots":'.length, -1);
    return { slots, fetchedAt: Date.parse(asOf) };
  }

  private async fetch(url: string): Promise<Response> {
    try {
      return await fetch(url);
    } catch (error) {
      // A connection breaks before its process has ended: the end of its log says more.
      await Promise.race([this.failed, sleep(1_000)]);
      throw error;
    }
  }

  /** The requests that it has sent, except those of the last seconds: they are stored now and then. */
  async requests(): Promise<number> {
    const { rows } = await this.client.query<{ n: number }>(
      'SELECT coalesce(sum(requested), 0)::int AS n FROM sync_run',
    );
    return rows[0]?.n ?? 0;
  }

  private heard(line: string): void {
    this.said.push(line);
    if (this.said.length > KEPT_LINES) this.said.shift();
  }

  private async stop(): Promise<void> {
    this.ending = true;
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill();
    const impatience = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await exit;
    clearTimeout(impatience);
  }
}

function environment({ databaseUrl, supplierUrl, budget, ids }: LiveMirrorOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    SUPPLIER_URL: supplierUrl,
    SUPPLIER_REQUESTS_PER_MINUTE: String(budget),
    TICKETE_API_KEY: 'bench',
    ADMIN_API_KEY: 'the-admin-key-of-the-bench',
    EXPERIENCES: ids.join(),
    READ_THROUGH_WAIT: '0s',
  };
}
