import { writeSync } from 'node:fs';

/** Ends the output with the counts alone on a line, for whoever reads them by program. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    // A file that could not even run has no tests to count, but must not look like success.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
    // Jest's own summary is printed after all reporters, whatever their order.
    process.once('exit', () => writeSync(1, line));
  }
}
