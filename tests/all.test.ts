/** The totals of the test run: that nothing which went wrong is added up as if it had passed. */
import { describe, expect, test } from 'vitest';
import { countsOf, type Report } from './all.ts';

const loaded = { status: 'passed', assertionResults: [{}] };
const report = (passed: number, failed: number, total = passed + failed): Report =>
  ({ numPassedTests: passed, numFailedTests: failed, numTotalTests: total, testResults: [loaded] });

describe('the totals', () => {
  test('are those of the report', () => {
    expect(countsOf(report(12, 0), 0)).toEqual({ passed: 12, failed: 0 });
    expect(countsOf(report(12, 3), 1)).toEqual({ passed: 12, failed: 3 });
  });

  test('count a missing report, a run without tests and an unexplained exit code as one failure', () => {
    expect(countsOf(null, 0)).toEqual({ passed: 0, failed: 1 });
    expect(countsOf(report(0, 0), 0)).toEqual({ passed: 0, failed: 1 });
    expect(countsOf(report(12, 0), 1)).toEqual({ passed: 12, failed: 1 });
  });

  test('count a skipped test and a file that could not be loaded as failures', () => {
    expect(countsOf(report(12, 0, 13), 0)).toEqual({ passed: 12, failed: 1 });
    const unloaded = { ...report(12, 0), testResults: [loaded, { status: 'failed', assertionResults: [] }] };
    expect(countsOf(unloaded, 1)).toEqual({ passed: 12, failed: 1 });
  });
});
