// A Vitest reporter that prints each skipped test with its reason and writes the counts to BANCADA_TEST_COUNTS.
import { writeFileSync } from 'node:fs';

/** Counts what Vitest ran. A file that could not be loaded and an error outside of tests each count as failed. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state === 'failed') failedHere += 1;
        else {
          counts.skipped += 1;
          console.log(
            `skipped: ${module.relativeModuleId} > ${test.fullName} (${note ?? 'no reason given'})`,
          );
        }
      }
      counts.failed += failedHere === 0 && module.state() === 'failed' ? 1 : failedHere;
    }
    writeFileSync(process.env.BANCADA_TEST_COUNTS, JSON.stringify(counts));
  }
}
