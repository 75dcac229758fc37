import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from './until.js';

/** Whether PgBouncer is installed on this machine. */
export const hasPgBouncer = spawnSync('pgbouncer', ['--version']).status === 0;

/** A real PgBouncer before a database. */
export class PgBouncer {
  private constructor(
    private readonly dir: string,
    private readonly child: ChildProcess,
    /** The database through it, without parameters. */
    readonly url: string,
  ) {}

  /** @param mode for how long a client has a connection for itself: few serve all, unless it is for its whole session */
  static async before(
    databaseUrl: string,
    mode: 'session' | 'transaction' | 'statement',
    poolSize = mode === 'session' ? 20 : 4,
  ): Promise<PgBouncer> {
    const { hostname, port, username, password, pathname } = new URL(databaseUrl);
    const dir = await mkdtemp(path.join(tmpdir(), 'slotmirror-pgbouncer-'));
    await chmod(dir, 0o755); // run by root, it is somebody else
    const own = await freePort();
    const config = path.join(dir, 'pgbouncer.ini');
    await writeFile(
      config,
      [
        '[databases]',
        `* = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}`,
        '[pgbouncer]',
        `listen_addr = 127.0.0.1\nlisten_port = ${own}\nunix_socket_dir =\nauth_type = any`,
        `pool_mode = ${mode}\ndefault_pool_size = ${poolSize}\nmax_client_conn = 200`,
        ...(process.geteuid?.() === 0 ? ['user = nobody'] : []),
      ].join('\n'),
      { mode: 0o644 },
    );
    const child = spawn('pgbouncer', [config], { stdio: 'ignore' });
    const bouncer = new PgBouncer(dir, child, `postgresql://${username}:any@127.0.0.1:${own}${pathname}`);
    await until('PgBouncer listens', () => listens(own));
    return bouncer;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    await rm(this.dir, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
