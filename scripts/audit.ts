import { spawnSync } from 'node:child_process';
import { ROOT } from './processes.ts';

/** What `npm audit --json` answers: counts, or why the registry could not be asked. */
type Report = { metadata?: { vulnerabilities?: Record<string, number> }; message?: string };

function report(): Report {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: ROOT, encoding: 'utf8' });
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    return {};
  }
}

const { metadata, message } = report();
const counts = metadata?.vulnerabilities;
if (!counts) {
  console.log(
    `The registry could not be asked for known vulnerabilities (${message ?? 'no answer'}): nothing is known.`,
  );
} else {
  const { high = 0, critical = 0 } = counts;
  const all = Object.entries(counts).map(([level, count]) => `${count} ${level}`);
  console.log(`Known vulnerabilities in what ships: ${all.join(', ')}.`);
  process.exitCode = high + critical > 0 ? 1 : 0;
}
