/** Whether the process runs in production: needed before the environment as a whole is read, for how to log its faults. */
export function isProduction(): boolean {
  return process.env['NODE_ENV'] === 'production';
}
