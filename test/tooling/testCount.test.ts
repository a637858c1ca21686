import { expect, it } from 'vitest';
import { countReport } from '../../scripts/testCount.mjs';

const file = (status: string, ...states: readonly string[]): unknown => ({
  status,
  assertionResults: states.map((state) => ({ status: state })),
});

it('counts passed, failed and left-out tests over all files', () => {
  const report = { testResults: [file('passed', 'passed', 'passed', 'pending'), file('failed', 'passed', 'failed')] };
  expect(countReport(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 });
});
it('counts a file that did not load as one failure', () => {
  expect(countReport({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});
it('never says that nothing failed when the runner itself failed or wrote no report', () => {
  expect(countReport({ testResults: [file('passed', 'passed')] }, 1).failed).toBe(1);
  expect(countReport(undefined, 137).failed).toBe(1);
});
