import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import './access/cache.ts';
import './access/list.ts';
import './access/merge.ts';
import './access/moved.ts';
import './access/recorded.ts';
import './access/scopes.ts';
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
import { ACCESS_CASES, ALL_CASES } from './suite/cases.ts';
import { createReport } from './suite/report.ts';
import { allStatements, type Statement } from './suite/statements.ts';
import { openOutside, openSandbox, type OpenedTarget } from './suite/targets.ts';
import { createTrial, Skipped, type Trial } from './suite/trial.ts';

const outside = openOutside();
const isAccess = ({ covers }: Statement) => covers.some((id) => ACCESS_CASES.includes(id));
const everything = () => true;
const TARGETS: readonly [name: string, open: () => Promise<OpenedTarget>, states: (one: Statement) => boolean][] =
  outside
    ? [[outside.target.name, () => Promise.resolve(outside), everything]]
    : [
        ['the sandbox, as measured', () => openSandbox('measured'), everything],
        ['the sandbox, as published', () => openSandbox('published'), everything],
        ['the sandbox, as the newest source has it', () => openSandbox('newest'), isAccess],
        ['the sandbox, as in February', () => openSandbox('feb'), isAccess],
      ];

it('states each of the 251 and 274 recorded cases by name', () => {
  const stated = new Set(allStatements().flatMap(({ covers }) => covers));
  expect([...stated].toSorted()).toEqual(ALL_CASES.toSorted());
  expect([ALL_CASES.length, ACCESS_CASES.length]).toEqual([525, 274]);
});

describe.each(TARGETS)('Omni: %s', (name, open, states) => {
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

  for (const statement of allStatements().filter(states)) {
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
