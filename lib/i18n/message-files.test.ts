import { describe, expect, test } from 'vitest';
import { messageFiles, readMessageFile } from './message-files.ts';
import { BASE, messagesOfSet, setsOf } from './message-sets.ts';
import { namespaces } from './messages.ts';

describe('message files', () => {
  test('a page names the file of every page and one for each of its own namespaces', () => {
    expect(setsOf(['persons', 'ui', 'persons', 'activity'])).toEqual(['base', 'activity', 'persons']);
    expect(messageFiles('en', ['persons']).map((name) => name.split('.')[0])).toEqual(['base', 'persons']);
  });

  test('every namespace is in a file, in both languages', () => {
    for (const locale of ['en', 'pt-BR'] as const) {
      const held = messageFiles(locale, namespaces).flatMap((name) =>
        Object.keys(JSON.parse(readMessageFile(locale, name)?.json ?? '{}')),
      );
      expect(held.toSorted()).toEqual(namespaces.toSorted());
    }
  });

  test('a name says what is in it: another language or text has another', () => {
    const [base] = messageFiles('en', []);
    expect(messageFiles('en', [])[0]).toBe(base);
    expect(messageFiles('pt-BR', [])[0]).not.toBe(base);
    expect(Object.keys(messagesOfSet('en', 'base') ?? {})).toEqual([...BASE]);
  });

  test('a page of another build gets this one’s messages, not to be kept', () => {
    const [, name = ''] = messageFiles('en', ['persons']);
    expect(readMessageFile('en', name)?.current).toBe(true);
    expect(readMessageFile('en', 'persons.ofbefore')).toEqual({
      json: readMessageFile('en', name)?.json,
      current: false,
    });
  });

  test.each([
    ['en', 'nothing.abc'],
    ['en', ''],
    ['en', '__proto__.a'],
    ['fr', 'persons.abc'],
    ['toString', 'base.abc'],
  ])('there is no %s/%s', (locale, name) => expect(readMessageFile(locale, name)).toBeNull());
});
