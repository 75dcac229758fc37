import { SandboxSupplier } from '../../src/sandbox/index.js';
import { WITH_RESELLERS, RESELLER_KEY } from './octo-reseller.js';
import { freePort, MirrorProcess } from './mirror-process.js';
import { suppliersFile } from './suppliers-file.js';
import { ADMIN_KEY, SUPPLIER_KEY } from './test-app.js';
import { createTestDatabase } from './test-database.js';

export const CHAINED = [14, 15, 16, 17, 18];
const BOTH = { SYNC_TIERS: '31:24h', MISSES_PER_MINUTE: '0', LOG_LEVEL: 'warn' };
const ADMIN = { authorization: `Bearer ${ADMIN_KEY}` };

interface Status {
  readonly queue: { readonly due: number; readonly leased: number };
  readonly suppliers: readonly { readonly notifications: { readonly state: string } }[];
}

/** A supplier, a mirror of it (`first`), and a mirror of that mirror by OCTO (`second`): real processes, a database each. */
export class MirrorChain {
  private constructor(
    readonly sandbox: SandboxSupplier,
    readonly first: MirrorProcess,
    readonly second: MirrorProcess,
    private readonly closers: readonly (() => Promise<unknown>)[],
  ) {}

  /** @param prepare what the supplier sells is set before anybody asks */
  static async start(prepare: (sandbox: SandboxSupplier) => void): Promise<MirrorChain> {
    const sandbox = new SandboxSupplier({ apiKey: SUPPLIER_KEY, requestsPerMinute: 1_000_000, speed: 0 });
    prepare(sandbox);
    const SUPPLIER_URL = await sandbox.start();
    const databases = [await createTestDatabase(), await createTestDatabase()] as const;
    const first = await MirrorProcess.start({
      ...{ ...BOTH, ...WITH_RESELLERS, SUPPLIER_URL, DATABASE_URL: databases[0].url, OCTO_REQUESTS_PER_MINUTE: '0' },
      ...{ EXPERIENCES: CHAINED.join(','), SUPPLIER_REQUESTS_PER_MINUTE: '60000' },
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    });
    const file = await suppliersFile([
      {
        ...{ name: 'first', api: 'octo', url: `${first.url}/octo`, key: RESELLER_KEY, requestsPerMinute: 6_000 },
        notificationSecret: 'the-secret-of-the-notifications',
        experiences: CHAINED.map((id) => ({ id, product: String(id), option: 'DEFAULT' })),
      },
    ]);
    const port = await freePort();
    const places = {
      DATABASE_URL: databases[1].url,
      SUPPLIERS_FILE: file.path,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    };
    const second = await MirrorProcess.start({ ...BOTH, ...places }, port);
    const drops = databases.map((database) => () => database.drop());
    const processes = [() => second.terminate(), () => first.terminate()];
    return new MirrorChain(sandbox, first, second, [...processes, () => sandbox.stop(), file.remove, ...drops]);
  }

  async close(): Promise<void> {
    for (const close of this.closers) await close();
  }

  /** Neither has anything to fetch. */
  async isIdle(): Promise<boolean> {
    const statuses = await Promise.all([status(this.first), status(this.second)]);
    return statuses.every(({ queue: { due, leased } }) => due + leased === 0);
  }

  async subscription(): Promise<string | undefined> {
    return (await status(this.second)).suppliers[0]?.notifications.state;
  }

  /** Has a mirror ask its supplier for a day. */
  async refresh(id: number, date: string, mirror = this.first): Promise<void> {
    await post(mirror, `/api/v1/experience/${id}/days/${date}/refresh`);
  }

  /** The first mirror confirms no day until it is resumed, so ages can be compared. */
  async pauseFirst(): Promise<void> {
    await post(this.first, '/api/v1/sync/pause');
  }

  async resumeFirst(): Promise<void> {
    await post(this.first, '/api/v1/sync/resume');
  }
}

/** What a mirror serves of a day. */
export async function servedBy({ url }: MirrorProcess, id: number, date: string): Promise<unknown> {
  return (await fetch(`${url}/api/v1/experience/${id}/slots?date=${date}`)).json();
}

async function status({ url }: MirrorProcess): Promise<Status> {
  return (await (await fetch(`${url}/api/v1/sync/status`, { headers: ADMIN })).json()) as Status;
}

async function post({ url }: MirrorProcess, path: string): Promise<void> {
  const { status: answered } = await fetch(url + path, { method: 'POST', headers: ADMIN });
  if (answered >= 300) throw new Error(`${path}: ${answered}`);
}
