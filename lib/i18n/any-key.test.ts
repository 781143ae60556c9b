import { createTranslator } from 'use-intl/core';
import { expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import { problemWords } from './any-key.ts';

const t = createTranslator({ locale: 'en', messages: en, namespace: 'problems' });

test('problems: a status that is not known is not told as 0', () => {
  for (const code of ['unavailable', 'bad_answer_status', 'bad_answer_not_json']) {
    expect(problemWords(t, code, { status: 503 }).help).toContain('503');
    const { help } = problemWords(t, code, { status: 0 });
    expect(help).not.toMatch(/\d|answered/);
    expect(help).toMatch(/^[A-Z].*\.$/);
  }
});
