/** SQL for an instant as epoch milliseconds, a number. */
export function epochMs(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::float8`;
}
