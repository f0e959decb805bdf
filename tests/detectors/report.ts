/** `npm run detectors [-- --json]`: how detectors do on the recorded runs that were not used for tuning. */
import { checksOf, foundIn, readRuns, reportOn } from './runs';

const report = reportOn(
  readRuns().filter(({ half }) => half === 'unseen'),
  (run) => foundIn(checksOf(run)),
);
if (process.argv.includes('--json')) console.log(JSON.stringify(report));
else {
  const { perDetector, sick, caught, healthy, false: wrong } = report;
  console.log(`${caught} of ${sick} sick runs caught, ${wrong} of ${healthy} healthy ones accused`);
  console.table(perDetector);
}
