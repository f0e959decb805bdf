/** `npm test`: every check in order, to the end, then a summary and `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.mjs';

const reports = join(root, '.cache/test');
const bin = (name) => join(root, 'node_modules/.bin', name);

const vitest = (name, args) => ({
  name,
  command: [bin('vitest'), 'run', ...args, '--reporter=default', '--reporter=json'],
  args: (report) => [`--outputFile.json=${report}`],
  count: ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  }),
  failures: ({ testResults }) =>
    testResults
      .filter(({ status }) => status === 'failed')
      .flatMap(({ name: file, message, assertionResults }) => {
        const failed = assertionResults.filter(({ status }) => status === 'failed');
        return failed.length === 0
          ? [describeFailure(file, message)]
          : failed.map((test) => describeFailure(`${file} > ${test.fullName}`, test.failureMessages[0]));
      }),
});

const playwright = (name) => ({
  name,
  command: [process.execPath, 'scripts/e2e.mjs', `--project=${name}`, '--reporter=list,json'],
  env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
  count: ({ stats }) => ({
    // Tests that compare times may try again; no other has retries.
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }),
  failures: ({ suites }) => suites.flatMap(failedSpecs),
});

const steps = [
  { name: 'types', command: [bin('tsc'), '--noEmit'] },
  { name: 'lint', command: [bin('biome'), 'check', '.'] },
  vitest('rules', ['--project=rules']),
  vitest('unit', ['--project=!rules']),
  { name: 'build', command: [process.execPath, 'scripts/build-once.mjs'] },
  playwright('e2e'),
  playwright('e2e-times'),
  {
    name: 'systems',
    command: [bin('tsx'), 'tests/systems/run.ts'],
    args: (report) => ['--report', report],
    env: () => ({ GANVAS_SYSTEMS: 'fast' }),
    count: ({ passed, failed }) => ({ passed, failed, skipped: 0 }),
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No step "${unknown[0]}"; there are: ${steps.map((step) => step.name).join(', ')}.`);
  process.exit(1);
}
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const results = steps
  .filter((step) => wanted.length === 0 || wanted.includes(step.name))
  .map((step) => ({ name: step.name, ...runStep(step) }));
const sum = (field) => results.reduce((total, result) => total + result[field], 0);

console.log(`\n${'step'.padEnd(10)}${['passed', 'failed', 'skipped', 'seconds'].map(column).join('')}`);
for (const { name, passed, failed, skipped, seconds } of results)
  console.log(name.padEnd(10) + [passed, failed, skipped, seconds.toFixed(1)].map(column).join(''));
console.log(
  `${'all'.padEnd(10)}${['passed', 'failed', 'skipped', 'seconds'].map((f) => column(Number(sum(f).toFixed(1)))).join('')}\n`,
);
for (const { failures } of results) for (const failure of failures) console.log(`${failure}\n`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') === 0 ? 0 : 1);

/** A step without a report counts as one test; one that fails without a failed test counts as one failure. */
function runStep({ name, command, args, env, count, failures }) {
  const report = join(reports, `${name}.json`);
  const [program, ...rest] = command;
  console.log(`\n== ${name}`);
  const start = performance.now();
  const { status, error } = spawnSync(program, [...rest, ...(args?.(report) ?? [])], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env?.(report) },
  });
  if (error) console.error(error.message);
  const seconds = (performance.now() - start) / 1000;
  const succeeded = status === 0;
  const counted = count
    ? readReport(report, count, { passed: 0, failed: 1, skipped: 0 })
    : { passed: succeeded ? 1 : 0, failed: 0, skipped: 0 };
  const failed = succeeded ? counted.failed : Math.max(counted.failed, 1);
  console.log(`== ${name}: ${succeeded ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s`);
  return { ...counted, failed, seconds, failures: failures ? readReport(report, failures, []) : [] };
}

/** `otherwise` where the runner died before it could write its report. */
function readReport(report, read, otherwise) {
  try {
    return read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return otherwise;
  }
}

/** The failed tests of Playwright's report, with their first error. */
function failedSpecs({ specs = [], suites = [] }) {
  return [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) =>
        describeFailure(
          `${file} > ${title}`,
          tests.flatMap(({ results }) => results).find(({ error }) => error)?.error.message,
        ),
      ),
    ...suites.flatMap(failedSpecs),
  ];
}

/** The name of a failed test, with the first lines of why. */
function describeFailure(name, message = '') {
  return `FAILED ${name.replace(`${root}/`, '')}\n${message.split('\n').slice(0, 6).join('\n')}`;
}

function column(value) {
  return String(value).padStart(10);
}
