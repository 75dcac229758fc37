/** Stdout is for results. */
export function progress(line: string): void {
  process.stderr.write(`· ${line}\n`);
}
