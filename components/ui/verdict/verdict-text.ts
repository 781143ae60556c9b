import { anyKey, type AnyTranslator } from '#lib/i18n/any-key.ts';
import { notSeenValues, type NotSeen } from '#lib/omni/seen.ts';
import type { VerdictSummary } from '#lib/routes/verdict/summary.ts';
import type { Verdict, VerdictPart } from '#lib/routes/verdict/verdict.ts';

/** The translator of one of the two namespaces. */
type Translations = (namespace: 'verdict' | 'seen') => AnyTranslator;

/** A verdict, or `checking` while a part of it is late. */
export type VerdictShown = Verdict | 'checking';

/** What of Omni's data may not be seen, as sentences name it. */
export type SeenPart =
  | VerdictPart
  | 'person'
  | 'instances'
  | 'timeline'
  | 'duplicates'
  | 'blocks'
  | 'requests'
  | 'omni-record';

/** The sentences of verdicts, of what was not seen, and of where a person is blocked. */
export function verdictTexts(translations: Translations) {
  const [t, tSeen] = [anyKey(translations('verdict')), anyKey(translations('seen'))];
  const say = (translate: ReturnType<typeof anyKey>, key: string, values: object = {}) =>
    translate(key, { ...values }) ?? key;
  const notSeen = (part: SeenPart, seen: NotSeen, form: 'sentence' | 'why' = 'sentence') =>
    say(tSeen, form, { ...notSeenValues(seen), what: say(tSeen, `parts.${part}`) });
  const why = (verdict: Exclude<Verdict, { is: 'answers' }>) =>
    verdict.why === 'not-seen'
      ? notSeen(verdict.part, verdict.seen, 'why')
      : say(t, `whys.${verdict.why}`, { agent: verdict.agent?.name ?? '' });
  const detail = (verdict: VerdictShown) => {
    if (verdict === 'checking') return '';
    return verdict.is === 'answers' ? verdict.by.name : why(verdict);
  };
  const sentence = (verdict: VerdictShown) => {
    if (verdict === 'checking') return say(t, 'checking');
    if (verdict.is === 'answers') return say(t, 'answers', { agent: verdict.by.name });
    return say(t, verdict.is === 'nobody' ? 'nobody' : 'unknown', { why: why(verdict) });
  };
  return {
    sentence,
    detail,
    notSeen,
    /** The sentence without its detail. */
    head: (verdict: VerdictShown) => say(t, verdict === 'checking' ? 'checking' : `heads.${verdict.is}`),
    summary: (summary: VerdictSummary) => {
      if (summary.is === 'same') return sentence(summary.verdict);
      if (summary.is === 'blocked') return say(t, 'blocked', { names: summary.names.join(', ') });
      return say(t, `summary.${summary.is}`, summary);
    },
    /** Where a person is blocked: on these instances, or on all they have. */
    blocked: ({ names, all }: { names: readonly string[]; all: boolean }) =>
      all && names.length > 1 ? say(t, 'blocked-all') : say(t, 'blocked', { names: names.join(', ') }),
  };
}
