// node scripts/sum-reports.js FOLDER FAILED-STEPS: one line that sums vitest's reports of a CI run
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.', failedSteps = '0'] = process.argv.slice(2);
const reports = readdirSync(folder).map(name =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')),
);
const failedReports = reports.filter(report => !report.success);

const passed = total(report => report.numPassedTests);
const skipped = total(report => report.numPendingTests + report.numTodoTests);
// A test file that could not be loaded fails its report without failing a test.
const failedTests = total(report => (report.success ? 0 : Math.max(1, report.numFailedTests)));
// Steps that report no tests (lint, the demo) count as one each.
const failed = failedTests + Math.max(0, Number(failedSteps) - failedReports.length);

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;

/** @param {(report: any) => number} figure */
function total(figure) {
  return reports.reduce((sum, report) => sum + figure(report), 0);
}
