// Counts what vitest's JSON report says. Pure.

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed   failed tests, and files that failed without one (they did not even load)
 * @property {number} skipped
 */

/**
 * @param {unknown} report  vitest's JSON report, or undefined when it wrote none
 * @param {number} exitCode  of vitest
 * @returns {Count}
 */
export function countReport(report, exitCode) {
  /** @type {Count} */
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const file of Object(report).testResults ?? []) {
    const states = (file.assertionResults ?? []).map((/** @type {{ status: string }} */ test) => test.status);
    const failed = states.filter((/** @type {string} */ state) => state === 'failed').length;
    count.passed += states.filter((/** @type {string} */ state) => state === 'passed').length;
    count.skipped += states.filter((/** @type {string} */ state) => !['passed', 'failed'].includes(state)).length;
    count.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
  }
  // An unhandled error, a crash, or no test at all: vitest failed, so something of ours did.
  if (exitCode !== 0 && count.failed === 0) count.failed = 1;
  return count;
}
