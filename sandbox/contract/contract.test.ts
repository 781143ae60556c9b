import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import './access.ts';
import './agents.ts';
import './keys.ts';
import './neighbours.ts';
import './persons-link.ts';
import './persons-merge.ts';
import './persons-patch.ts';
import './persons-read.ts';
import './routes.ts';
import './scopes.ts';
import './transport.ts';
import { CASES } from './suite/cases.ts';
import { createReport } from './suite/report.ts';
import { allStatements } from './suite/statements.ts';
import { openOutside, openSandbox, type OpenedTarget } from './suite/targets.ts';
import { createTrial, Skipped, type Trial } from './suite/trial.ts';

const outside = openOutside();
const TARGETS: readonly [name: string, open: () => Promise<OpenedTarget>][] = outside
  ? [[outside.target.name, () => Promise.resolve(outside)]]
  : [
      ['the sandbox, as measured', () => openSandbox('measured')],
      ['the sandbox, as published', () => openSandbox('published')],
    ];

it('states each of the 251 recorded cases by name', () => {
  const stated = new Set(allStatements().flatMap(({ covers }) => covers));
  expect([...stated].toSorted()).toEqual(CASES.map(([id]) => id).toSorted());
  expect(CASES).toHaveLength(251);
});

describe.each(TARGETS)('Omni: %s', (name, open) => {
  const report = createReport(name);
  let opened: OpenedTarget;
  let trial: Trial;

  beforeAll(async () => {
    opened = await open();
    trial = createTrial(opened.target, report.seen);
  });

  afterAll(async () => {
    await trial.cleanUp();
    await opened.close();
    process.stdout.write(`\n${report.text()}`);
  });

  for (const statement of allStatements()) {
    it(statement.title, async (context) => {
      try {
        if (statement.sandboxOnly) trial.inside();
        await statement.run(trial);
        report.note({ statement, result: 'passed' });
      } catch (error) {
        const skipped = error instanceof Skipped;
        const why = error instanceof Error ? error.message : String(error);
        report.note({ statement, result: skipped ? 'skipped' : 'failed', why });
        if (skipped) context.skip(why);
        throw error;
      }
    });
  }
});
