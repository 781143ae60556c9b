import { describe, expect, it } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import type { StepState } from '#lib/operations/journal/entry.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { endingOf, isUnconfirmed, type Ending } from './ending.ts';

const step = (state: StepState, code?: string): EntryView['steps'][number] => ({
  id: 'x',
  title: { key: 'x' },
  state,
  problem: code ? { code } : null,
  who: null,
  makerUnknown: false,
});
const of = (status: EntryView['status'], states: (StepState | [StepState, string])[], code?: string) => ({
  status,
  steps: states.map((one) => (Array.isArray(one) ? step(...one) : step(one))),
  problem: code ? { code } : null,
});

describe('the ending of an entry', () => {
  it.each<[string, Ending, Pick<EntryView, 'status' | 'steps' | 'problem'>]>([
    ['ran to its end', 'done', of('done', ['done', 'done'])],
    ['ran, and something differs', 'differs', of('differs', ['done'])],
    ['is running', 'running', of('running', ['done', 'intended'])],
    ['was stale', 'not-sent', of('stale', [])],
    ['died before its first step', 'not-sent', of('interrupted', ['planned', 'planned'])],
    ['died while a step was on its way', 'unconfirmed', of('interrupted', ['done', 'intended', 'planned'])],
    [
      'lost the answer, and no read could tell',
      'unconfirmed',
      of('interrupted', [['unknown', 'outcome_unknown']], 'outcome_unknown'),
    ],
    [
      'lost the answer, and three reads showed nothing',
      'unconfirmed',
      of('failed', [['failed', 'did_not_happen'], 'planned'], 'did_not_happen'),
    ],
    [
      'was answered by something else than Omni, and a look showed that nothing happened',
      'refused',
      of('failed', [['failed', 'bad_answer_redirect']], 'bad_answer_redirect'),
    ],
    ['is watched', 'unconfirmed', of('unconfirmed', ['done', ['unknown', 'outcome_unknown']], 'outcome_unknown')],
    [
      'was watched for a quarter of an hour',
      'never-confirmed',
      of('interrupted', [['unknown', 'never_confirmed']], 'never_confirmed'),
    ],
    [
      'made what somebody else may have made',
      'exists',
      { ...of('done', []), steps: [{ ...step('done'), makerUnknown: true }] },
    ],
    ['was refused at once', 'refused', of('failed', [['failed', 'forbidden'], 'planned'], 'forbidden')],
    [
      'was refused in its second step',
      'halfway',
      of('failed', ['done', ['failed', 'conflict'], 'planned'], 'conflict'),
    ],
    ['was refused in its last step', 'halfway', of('failed', ['done', ['failed', 'conflict']], 'conflict')],
    [
      'went on after a row that was refused',
      'some-failed',
      of('failed', ['done', ['failed', 'forbidden'], 'done'], 'forbidden'),
    ],
    ['was stopped before its first step', 'not-sent', of('stopped', ['planned'])],
    ['was stopped between two steps', 'halfway', of('stopped', ['done', 'planned'])],
    [
      'met other data before its first step',
      'not-sent',
      of('failed', [['failed', 'changed_meanwhile']], 'changed_meanwhile'),
    ],
    ['could not connect', 'not-sent', of('failed', [['failed', 'unreachable_refused']], 'unreachable_refused')],
    ['is stuck: not even "nothing changed" is known', 'halfway', of('failed', [['failed', 'stuck']], 'stuck')],
    ['died between its last step and its verification', 'halfway', of('interrupted', ['done', 'done'])],
  ])('of one that %s is %s, and has its words', (_, ending, entry) => {
    expect(endingOf(entry)).toBe(ending);
    expect(Object.keys(en.operations.endings[ending])).toEqual(['title', 'help', 'short']);
  });

  it('never calls a step that may still happen failed', () => {
    expect(['did_not_happen', 'outcome_unknown'].map((code) => step('failed', code)).map(isUnconfirmed)).toEqual([
      true,
      true,
    ]);
    expect(['forbidden', 'conflict', 'stuck'].map((code) => step('failed', code)).some(isUnconfirmed)).toBe(false);
  });
});
