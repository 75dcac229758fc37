import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ADMIN_KEY, SUPPLIER_KEY } from './test-app.js';
import { until } from './until.js';

const MAIN = path.resolve('dist/main.js');
/** A guard, and no measure: four of them may start at once on a busy machine. */
const START_MS = 60_000;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The server as it is deployed, in a process of its own. */
export class MirrorProcess {
  readonly exited: Promise<Exit>;
  private said = '';

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly home: string,
  ) {
    this.exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    child.stdout?.on('data', (text) => (this.said += String(text)));
    child.stderr?.on('data', (text) => (this.said += String(text)));
  }

  /** Resolves when it serves. @param port where its address must be known before it starts */
  static async start(env: Readonly<Record<string, string>>, port?: number): Promise<MirrorProcess> {
    port ??= await freePort();
    // No .env and no data of the checkout.
    const home = await mkdtemp(path.join(tmpdir(), 'slotmirror-process-'));
    const child = spawn(process.execPath, [MAIN], {
      cwd: home,
      env: {
        ...{ PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: String(port), DATA_DIR: home },
        ...{ TICKETE_API_KEY: SUPPLIER_KEY, ADMIN_API_KEY: ADMIN_KEY },
        // What is tested with processes comes to rest once all deadlines are met.
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new MirrorProcess(`http://127.0.0.1:${port}`, child, home);
    await until('the server serves', () => started.serves(), START_MS).catch(async (error: unknown) => {
      await started.kill();
      throw new Error(`the server did not start: ${started.said}`, { cause: error });
    });
    return started;
  }

  /** Everything it printed so far. */
  get output(): string {
    return this.said;
  }

  /** As the kernel does it when memory runs out. */
  kill(): Promise<Exit> {
    return this.end('SIGKILL');
  }

  /** As whoever deploys does it. */
  terminate(): Promise<Exit> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<Exit> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    const exit = await this.exited;
    await rm(this.home, { recursive: true, force: true });
    return exit;
  }

  private async serves(): Promise<boolean> {
    if (this.child.exitCode !== null) throw new Error(`it ended with ${this.child.exitCode}`);
    return fetch(`${this.url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
