import { spawn } from 'node:child_process';

/** What `npm audit --json` answers: counts, or why the registry could not be asked. */
type Report = { metadata?: { vulnerabilities?: Record<string, number> }; message?: string };

/** What is said, and whether something known and grave ships. */
export type AuditVerdict = { text: string; grave: boolean };

/** Asks the registry of a project's npm about what the project ships; development's own packages are left out. */
export async function knownVulnerabilities(
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<AuditVerdict> {
  const child = spawn('npm', ['audit', '--omit=dev', '--json'], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  for await (const part of child.stdout.setEncoding('utf8')) text += String(part);
  return verdictOf(text);
}

/** What its answer means. */
export function verdictOf(text: string): AuditVerdict {
  const { metadata, message } = parsed(text);
  const counts = metadata?.vulnerabilities;
  if (!counts) {
    const why = message ?? 'no answer';
    return {
      text: `The registry could not be asked for known vulnerabilities (${why}): nothing is known.`,
      grave: false,
    };
  }
  const { high = 0, critical = 0 } = counts;
  const all = Object.entries(counts).map(([level, count]) => `${count} ${level}`);
  return { text: `Known vulnerabilities in what ships: ${all.join(', ')}.`, grave: high + critical > 0 };
}

function parsed(text: string): Report {
  try {
    const report: unknown = JSON.parse(text);
    return typeof report === 'object' && report !== null ? report : {};
  } catch {
    return {};
  }
}
