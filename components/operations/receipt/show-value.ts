import type { createFormatter } from 'use-intl/core';
import type { anyKey } from '#lib/i18n/any-key.ts';
import type { Value } from '#lib/operations/effects/value.ts';
import { unturned, visibleName } from '#lib/text/visible.ts';

export type Format = Pick<ReturnType<typeof createFormatter>, 'dateTime' | 'list'>;
type Values = Record<string, string | number | Value>;

/** How much of a long text stands in a sentence, and how much of it before the place where it differs. */
const MOST = 300;
const BEFORE = 60;

/** Values that are a code and have a sentence of their own, which stands beside them: `whySaid`. */
const CODES = ['action', 'why'];

/** Puts the values of a sentence into the reader's words: moments in their zone, things by name, `—` for nothing. */
export function valueShower(
  known: ReturnType<typeof anyKey>,
  format: Format,
): (values: Values) => Record<string, string | number> {
  const timed = (at: string, timeStyle: 'short' | 'long') =>
    format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle });
  const show = (value: Value, at: number): string => {
    switch (value.is) {
      case 'nothing':
        return '—';
      case 'text':
        return around(value.text, at);
      case 'moment':
        return timed(value.at, 'short');
      case 'word':
        return known(`operations.words.${value.word}`) ?? value.word;
      case 'field':
        return known(`operations.fields.${value.field}`) ?? value.field;
      case 'inherited':
        return known('operations.texts.inherited', { value: show(value.value, at) }) ?? '';
      case 'not-seen': {
        const { is: _, ...why } = value;
        return known('operations.texts.not-seen', why) ?? '';
      }
      case 'list':
        return value.of.length === 0 ? '—' : format.list(value.of.map((one) => show(one, at)));
      default:
        return visibleName(value.name) ?? `${value.id.slice(0, 8)}…`;
    }
  };
  /** Two moments that read alike are told apart: seconds, or an hour that comes twice as a clock is put back. */
  const distinct = (from: Values[string] | undefined, to: Values[string] | undefined) => {
    if (typeof from !== 'object' || typeof to !== 'object' || from.is !== 'moment' || to.is !== 'moment') return {};
    if (Date.parse(from.at) === Date.parse(to.at) || timed(from.at, 'short') !== timed(to.at, 'short')) return {};
    return { from: timed(from.at, 'long'), to: timed(to.at, 'long') };
  };
  return (values) => {
    const at = differAt(values.from, values.to);
    const shown = Object.entries(values).map(([name, one]) => [
      name,
      typeof one === 'object' ? show(one, at) : typeof one === 'string' ? unturned(one) : one,
    ]);
    const all: Record<string, string | number> = { ...Object.fromEntries(shown), ...distinct(values.from, values.to) };
    const codes = CODES.filter((name) => typeof values[name] === 'string');
    return {
      ...all,
      ...Object.fromEntries(
        codes.map((name) => [`${name}Said`, known(`operations.said.${name}`, { agent: '', ...all }) ?? '']),
      ),
    };
  };
}

/** Where two long texts begin to differ; 0 where one of them is no text. */
function differAt(from: Values[string] | undefined, to: Values[string] | undefined): number {
  const [a, b] = [from, to].map(lettersOf);
  if (!a || !b) return 0;
  const at = a.findIndex((letter, index) => letter !== b[index]);
  return at < 0 ? a.length : at;
}

function lettersOf(value: Values[string] | undefined): string[] | null {
  const own = typeof value === 'object' && value.is === 'inherited' ? value.value : value;
  return typeof own === 'object' && own.is === 'text' ? [...own.text] : null;
}

function around(text: string, at: number): string {
  const letters = [...text];
  if (letters.length <= MOST) return text;
  const from = Math.max(0, Math.min(at - BEFORE, letters.length - MOST));
  const part = letters.slice(from, from + MOST).join('');
  return `${from > 0 ? '…' : ''}${part}${from + MOST < letters.length ? '…' : ''}`;
}
