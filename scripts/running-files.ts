import { writeFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';

/** Keeps in `file` the names of the test files that run now, one a line: who ends a run early can say what it was at. */
export function runningFiles(file: string): Reporter {
  const running = new Set<string>();
  const write = () => writeFileSync(file, [...running].join('\n'));
  return {
    onTestModuleQueued: ({ relativeModuleId }) => {
      running.add(relativeModuleId);
      write();
    },
    onTestModuleEnd: ({ relativeModuleId }) => {
      running.delete(relativeModuleId);
      write();
    },
  };
}
