import { readdir, readFile } from 'node:fs/promises';

/** Linux counts a process's CPU time in these, milliseconds. */
const TICK_MS = 10;

/** Resident memory, megabytes; NaN where /proc is not to be had. */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) / 1_024;
}

/** CPU time used so far, milliseconds; NaN where /proc is not to be had. */
export async function cpuMs(pid: number): Promise<number> {
  return (await statOf(pid)).cpu;
}

/** CPU time used so far by each of the processes that this one started: by a PostgreSQL's backends. */
export async function cpuMsOfChildren(parent: number): Promise<ReadonlyMap<number, number>> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const used = new Map<number, number>();
  for (const pid of pids) {
    const stat = await statOf(pid);
    if (stat.parent === parent) used.set(pid, stat.cpu);
  }
  return used;
}

/** What was used in between; of processes that ended meanwhile nothing is known. */
export function cpuMsBetween(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  if (after.size === 0) return NaN;
  return [...after].reduce((sum, [pid, cpu]) => sum + cpu - (before.get(pid) ?? 0), 0);
}

async function statOf(pid: number): Promise<{ parent: number; cpu: number }> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field, the name in parentheses, may hold spaces.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (index: number) => Number(fields[index] ?? NaN);
  return { parent: at(1), cpu: (at(11) + at(12)) * TICK_MS };
}
