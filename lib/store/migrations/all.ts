import { sessions } from './0001-sessions.ts';
import { operations } from './0002-operations.ts';
import { operationFinds } from './0003-operation-finds.ts';
import { personDecisions } from './0004-person-decisions.ts';
import { routeProbes } from './0006-route-probes.ts';
import { rotations } from './0008-rotations.ts';
import { auditExports } from './0009-audit-exports.ts';
import { attempts } from './0010-attempts.ts';
import { recovery } from './0011-recovery.ts';
import { copiesTaken } from './0012-copies-taken.ts';
import { omniWrites } from './0014-omni-writes.ts';
import { operationsTouched } from './0016-operations-touched.ts';
import { actorSuccessions } from './0017-actor-successions.ts';
import { recoveryAskers } from './0018-recovery-askers.ts';
import { secretsSent } from './0019-secrets-sent.ts';
import { openUntil } from './0020-open-until.ts';
import { oldestReaders } from './0022-oldest-readers.ts';
import { decisionsByFields } from './0023-decisions-by-fields.ts';
import { savedTestResults } from './0024-saved-test-results.ts';
import type { Migration } from './migrate.ts';

/** Every change of the schema, in order. A released one is never edited: the next number is added. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-sessions': sessions,
  '0002-operations': operations,
  '0003-operation-finds': operationFinds,
  '0004-person-decisions': personDecisions,
  '0006-route-probes': routeProbes,
  '0008-rotations': rotations,
  '0009-audit-exports': auditExports,
  '0010-attempts': attempts,
  '0011-recovery': recovery,
  '0012-copies-taken': copiesTaken,
  '0014-omni-writes': omniWrites,
  '0016-operations-touched': operationsTouched,
  '0017-actor-successions': actorSuccessions,
  '0018-recovery-askers': recoveryAskers,
  '0019-secrets-sent': secretsSent,
  '0020-open-until': openUntil,
  '0022-oldest-readers': oldestReaders,
  '0023-decisions-by-fields': decisionsByFields,
  '0024-saved-test-results': savedTestResults,
};

/**
 * Migrations that take something away or change what it means, each with the oldest migration whose console no longer uses it. All
 * others add only: a table, an index, a column that may be left out, so that a console of before goes on working during an upgrade
 * (docs/upgrade.md). A migration stands here one version after the console stopped using what it takes.
 */
export const CONTRACTS: Readonly<Record<string, string>> = {};
