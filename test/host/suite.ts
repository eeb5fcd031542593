import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Results are collected below; the host's console is no place for them. */
class Silent extends Mocha.reporters.Base {
  override epilogue(): void {
    return;
  }
}

interface TestResult {
  title: string;
  state: 'passed' | 'failed' | 'skipped';
  ms: number;
  error?: string;
}

/**
 * Runs the suite inside VS Code; both runners (web workbench and desktop) call this.
 *
 * `DGX_PIXELS_HOST_PART` picks the part (`main` when absent), `DGX_PIXELS_HOST_GREP` the tests by title.
 * Results go to the file `DGX_PIXELS_HOST_REPORT` in the shape in which vitest reports, because the
 * host's console mangles them.
 * @throws when a test failed
 */
export async function run(): Promise<void> {
  const grep = process.env['DGX_PIXELS_HOST_GREP'] ?? '';
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 120_000,
    reporter: Silent,
    ...(grep !== '' && { grep }),
  });
  // What `mocha FILE` does before it loads a file; these are in this bundle already.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await loadPart(process.env['DGX_PIXELS_HOST_PART'] ?? 'main');

  const results: TestResult[] = [];
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    runner.on('pass', test => add(test, 'passed'));
    runner.on('pending', test => add(test, 'skipped'));
    runner.on('fail', (test, error: Error) => add(test, 'failed', error.stack));
    function add(test: Mocha.Test, state: TestResult['state'], error?: string) {
      const title = test.fullTitle();
      results.push({
        title,
        state,
        ms: test.duration ?? 0,
        ...(error !== undefined && { error }),
      });
    }
  });
  report(results);
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

/** Imported late: a file's `describe` needs the globals set above. */
async function loadPart(part: string): Promise<void> {
  switch (part) {
    case 'main':
      await import('./main-part.ts');
      return;
    case 'untrusted':
      await import('./untrusted-part.ts');
      return;
    default:
      throw new Error(`DGX_PIXELS_HOST_PART is ${part}: there are main and untrusted.`);
  }
}

function report(results: readonly TestResult[]): void {
  const file = process.env['DGX_PIXELS_HOST_REPORT'];
  if (file === undefined || file === '') return;
  const count = (state: TestResult['state']) =>
    results.filter(result => result.state === state).length;
  const summary = {
    success: count('failed') === 0,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('skipped'),
    numTodoTests: 0,
    results,
  };
  writeFileSync(file, JSON.stringify(summary));
}
