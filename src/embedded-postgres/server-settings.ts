/** For one program with short statements on a shared machine; whoever needs more runs their own server. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // a path below DATA_DIR may be too long for a socket
  shared_preload_libraries: 'pg_stat_statements',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  wal_level: 'minimal', // no replication
  max_wal_senders: '0',
  jit: 'off', // costs more than it saves on statements of a few milliseconds
  max_parallel_workers_per_gather: '0', // containers give little /dev/shm, which parallel queries share
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off', // the log is not rotated: keep it short
};

/** The server's options for pg_ctl: one string that a shell will split. */
export function serverOptions(port: number, settings: Readonly<Record<string, string>>): string {
  return Object.entries({ ...SETTINGS, port: String(port), ...settings })
    .map(([name, value]) => `-c ${shellQuoted(`${name}=${value}`)}`)
    .join(' ');
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
