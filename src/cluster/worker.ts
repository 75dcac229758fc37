import cluster from 'node:cluster';

/** Whether this process is one of several, started by the first. */
export function isWorker(): boolean {
  return cluster.isWorker;
}

/** Which of several processes this is; undefined: there is one. */
export function workerId(): number | undefined {
  return cluster.worker?.id;
}

/**
 * Ends this worker in order when the process that started it is gone without having asked for that (kill -9).
 * @param graceMs how long that may take: nobody is left who could make an end of it
 */
export function endWithPrimary(graceMs: number): void {
  const { worker } = cluster;
  worker?.once('disconnect', () => {
    worker.exitedAfterDisconnect = true; // otherwise Node exits as soon as this returns, whatever is in flight
    setTimeout(() => process.exit(1), graceMs).unref();
    process.kill(process.pid, 'SIGTERM');
  });
}
