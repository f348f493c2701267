/** A reporter of node --test that says only how many passed and failed, for the last line of our commands. */
export default async function* totals(source) {
  for await (const { type, data } of source) {
    if (type === "test:summary" && data.file === undefined) {
      yield JSON.stringify({
        passed: data.counts.passed,
        failed: data.counts.failed + data.counts.cancelled,
        skipped: data.counts.skipped,
      });
    }
  }
}
