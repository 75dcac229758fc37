import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Client } from 'pg';
import { SERVER_ARGS } from '../dist.js';
import type { Scope } from '../scope.js';

export const POLICIES = ['value', 'tiers'] as const;
export type Policy = (typeof POLICIES)[number];

export interface LiveMirrorOptions {
  readonly policy: Policy;
  readonly cwd: string;
  readonly databaseUrl: string;
  readonly client: Client;
  readonly supplierUrl: string;
  readonly budget: number;
  readonly ids: readonly number[];
}

const STOP_MS = 15_000;
/** What a process said last: enough to see why it ended. */
const KEPT_LINES = 200;

/** The built program as it is deployed, in a process of its own, that is meant to run until the bench is over. */
export class LiveMirror {
  /** Rejects, with what it printed, when the process ends too early. */
  readonly failed: Promise<never>;
  private readonly said: string[] = [];
  private ending = false;

  private constructor(
    readonly policy: Policy,
    private readonly child: ChildProcess,
    private readonly client: Client,
  ) {
    this.failed = new Promise((_, reject) => {
      child.once('exit', (code, signal) => {
        if (!this.ending)
          reject(new Error(`the mirror by ${policy} ended (${code ?? signal}):\n${this.said.join('\n')}`));
      });
    });
    this.failed.catch(() => undefined);
  }

  static async start(scope: Scope, options: LiveMirrorOptions): Promise<{ mirror: LiveMirror; origin: string }> {
    // In a folder without .env.
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    const child = spawn(process.execPath, SERVER_ARGS, { cwd: options.cwd, env: environment(options), stdio });
    const mirror = new LiveMirror(options.policy, child, options.client);
    scope.defer(() => mirror.stop());
    createInterface({ input: child.stderr }).on('line', (line) => mirror.heard(line));
    const serving = new Promise<string>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        mirror.heard(line);
        const port = /serving on http:\/\/[^\s":]+:(\d+)/.exec(line)?.[1];
        if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
      });
    });
    return { mirror, origin: await Promise.race([serving, mirror.failed]) };
  }

  /** How many requests it has sent, but for those of the last seconds: runs are stored now and then. */
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

function environment({ policy, databaseUrl, supplierUrl, budget, ids }: LiveMirrorOptions): NodeJS.ProcessEnv {
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
    SYNC_POLICY: policy,
    READ_THROUGH_WAIT: '0s',
  };
}
