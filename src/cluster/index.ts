export { Primary } from './primary.js';
export { processSettings } from './process-settings.js';
export { endWithPrimary, isWorker, workerId } from './worker.js';
