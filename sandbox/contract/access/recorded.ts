import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Wire } from '../../world/tables.ts';
import { expectIssues } from '../suite/issues.ts';
import { at, data, type ContractAnswer } from '../suite/omni.ts';
import { state } from '../suite/statements.ts';
import type { Trial } from '../suite/trial.ts';
import { duplicate, missingReference, unreadable } from '../suite/variants.ts';
import { accessGround, BLANK, expectRow, idOf } from './ground.ts';

const read = <T>(name: string): T[] =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/** What a call answered: a row (what differs from the one it was made of), a body, or a refusal. */
type RecordedAnswer = {
  status: number;
  row?: Wire;
  answer?: Wire;
  issues?: object[];
  error?: Wire;
  refused?: 'duplicate' | 'reference' | 'database';
};

/** `given`: rules there before; `{rule}` is the last of them. `newest`: what the newest source would answer, read and not recorded. */
type RecordedCall = RecordedAnswer & {
  id: string;
  title: string;
  given?: Wire[];
  send: string;
  body?: Wire | unknown[];
  raw?: string;
  type?: string;
  newest?: RecordedAnswer;
};

for (const recorded of read<RecordedCall>('./recorded-calls.jsonl')) {
  state(recorded.id, recorded.title, async (trial) => {
    const ground = await accessGround(trial);
    const { given = [], send, body, raw, type, newest, ...wanted } = await ground.named(recorded);
    const [method = '', path = ''] = send.split(' ');
    await ground.withRules(given, async (rules) => {
      const rule = String(rules.at(-1)?.id);
      const sentType = type ?? (raw === undefined ? undefined : 'application/json');
      const answer = await trial.call(method, path.replace('{rule}', rule), body, {
        ...(raw === undefined ? {} : { raw }),
        ...(sentType === undefined ? {} : { headers: { 'content-type': sentType } }),
      });
      const made = method === 'POST' && answer.status === 201 ? [idOf(answer)] : [];
      const expected = ground.release === 'newest' ? (newest ?? wanted) : wanted;
      const base = method === 'PATCH' ? given.at(-1) : undefined;
      try {
        const names = JSON.parse(JSON.stringify(expected).replaceAll('{rule}', rule)) as RecordedAnswer;
        expectAnswer(trial, answer, names, { ...base, ...(type === 'text/plain' ? {} : known(body)) });
      } catch (error) {
        for (const id of made) await ground.remove(id);
        throw error;
      }
      return made;
    });
  });
}

const known = (body: unknown): Wire =>
  Object.fromEntries(Object.entries(Object(body)).filter(([name]) => name in BLANK));

function expectAnswer(trial: Trial, answer: ContractAnswer, wanted: RecordedAnswer, base: Wire): void {
  if (wanted.issues) return expectIssues(answer, ...wanted.issues);
  if (wanted.refused) return expectRefusal(trial, answer, wanted.refused);
  expect([answer.status, answer.text]).toEqual([wanted.status, answer.text]);
  if (wanted.error) expect(answer.body).toEqual({ error: wanted.error });
  else if (wanted.answer) expect(answer.body).toEqual(wanted.answer);
  else if (!Array.isArray(answer.body.items)) expectRow(data(answer), { ...base, ...wanted.row }, trial.target.release);
}

const DUPLICATE = 'instance_id, phone_pattern, rule_type';

/** What the database refuses. Its words are those of the release; a server that is no sandbox may be any (contract §1.5). */
export function expectRefusal(trial: Trial, answer: ContractAnswer, kind: RecordedAnswer['refused']): void {
  const { release } = trial.target;
  if (release === 'published' || release === 'newest') {
    const message = `A record with that ${DUPLICATE} already exists.`;
    const words = {
      duplicate: [409, { code: 'CONFLICT', message, details: { field: DUPLICATE } }],
      reference: [400, { code: 'VALIDATION_ERROR', message: 'Referenced record does not exist.', details: {} }],
      database: [500, { code: 'INTERNAL_ERROR', message: 'Internal server error' }],
    };
    expect([answer.status, answer.body.error]).toEqual(words[kind ?? 'database']);
  } else if (release === 'feb') {
    expect([answer.status, at(answer, 'error.code')]).toEqual([500, 'INTERNAL_ERROR']);
  } else {
    const variants = { duplicate: duplicate(DUPLICATE), reference: missingReference, database: unreadable };
    trial.variant(answer, variants[kind ?? 'database']);
  }
}

type RecordedCheck = {
  id: string;
  title: string;
  check: string;
  on: string;
  channel?: string;
  rules?: Wire[];
  /** Which of the rules decides. */
  winner?: number;
  allowed: boolean;
  reason: string;
  mode: string;
};
type RecordedMatcher = { id: string; rule: Wire; newest?: Matched } & Matched;
type Matched = { matches: string[]; doesNotMatch: string[] };

for (const recorded of read<RecordedCheck | RecordedMatcher>('./recorded-checks.jsonl')) {
  if ('rule' in recorded) {
    const { rule, newest, ...recordedHere } = recorded;
    state(recorded.id, `matcher: ${JSON.stringify(rule)}`, async (trial) => {
      const ground = await accessGround(trial);
      const told = await ground.named({ rule, ...(ground.release === 'newest' && newest ? newest : recordedHere) });
      const [instanceId] = ground.instances;
      await ground.withRules([{ instanceId, ruleType: 'deny', ...told.rule }], async () => {
        const asked = [...told.matches, ...told.doesNotMatch];
        const denied: string[] = [];
        for (const handle of asked) if (!(await ground.check(handle)).allowed) denied.push(handle);
        expect(denied).toEqual(told.matches);
      });
    });
  } else {
    state(recorded.id, recorded.title, async (trial) => {
      const ground = await accessGround(trial);
      const { check, on, channel, rules = [], winner, allowed, reason, mode } = await ground.named(recorded);
      await ground.withRules(rules, async (made) => {
        const rule = winner === undefined ? undefined : made[winner];
        const wanted = { allowed, ...(rule ? { rule } : {}), reason, mode };
        expect(await ground.check(check, on, channel)).toEqual(wanted);
      });
    });
  }
}
