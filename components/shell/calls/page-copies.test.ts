import { beforeEach, describe, expect, test } from 'vitest';
import { isAskedAhead, restOf } from './asked-ahead.ts';
import { PageCopies } from './page-copies.ts';

let copies: PageCopies;
beforeEach(() => void (copies = new PageCopies()));

describe('page copies', () => {
  test('a page that was asked for as its link was pressed is as new as can be', () => {
    copies.ask('/keys', 1000);
    expect(copies.shown('/keys', 1100)).toBe(false);
  });

  test('a copy that was rested on for long is asked for again, though it was pressed since', () => {
    copies.ask('/keys', 1000);
    copies.ask('/keys', 6500);
    expect(copies.shown('/keys', 6600)).toBe(true);
  });

  test('a page that was shown a moment ago is shown at once and asked for again', () => {
    expect(copies.shown('/keys', 1000)).toBe(false);
    copies.ask('/keys', 2000);
    expect(copies.shown('/keys', 2100)).toBe(true);
  });

  test('after half a minute the router asks by itself', () => {
    copies.shown('/keys', 1000);
    copies.ask('/keys', 32_000);
    expect(copies.shown('/keys', 32_100)).toBe(false);
  });

  test('after a change every copy is old, until all are dropped', () => {
    copies.ask('/keys', 1000);
    copies.outdated = true;
    expect(copies.shown('/keys', 1010)).toBe(true);
    copies.drop();
    expect(copies.shown('/keys', 1020)).toBe(false);
  });

  test('what the router gave up is no copy; a page that was shown stays one', () => {
    copies.ask('/keys', 1000);
    copies.forget('/keys');
    copies.ask('/keys', 9000);
    expect(copies.shown('/keys', 9100)).toBe(false);
    copies.forget('/keys');
    expect(copies.shown('/keys', 9200)).toBe(true);
  });

  test('resting costs twenty calls a minute at most, and nothing after a change', () => {
    expect([5, 5, 5, 4, 1, 1].map((calls) => copies.mayRest(calls, 1000))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(copies.mayRest(1, 61_001)).toBe(true);
    copies.outdated = true;
    expect(copies.mayRest(1, 200_000)).toBe(false);
  });
});

const ID = '01234567-89ab-4cde-8f01-23456789abcd';

describe('pages that are asked for ahead', () => {
  test.each(['/', '/persons', '/persons?at=x', `/persons/${ID}`, '/routes/health', `/routes/${ID}/${ID}`, '/status'])(
    'as their link is pressed: %s',
    (address) => expect(isAskedAhead(address)).toBe(true),
  );

  test.each([
    '/persons/merge',
    `/persons/merge?into=${ID}&from=${ID}`,
    '/persons/link',
    '/persons/unlink',
    '/persons/merge-many',
    '/routes/new',
    '/routes/delete',
    '/keys/new',
    '/keys/rotate',
    `/keys/rotate/${ID}`,
    `/keys/${ID}/revoke`,
    `/keys/${ID}/delete`,
    `/keys/${ID}/edit`,
    `/keys/${ID}/leaked`,
    `/activity/${ID}?undo=1`,
    '/login',
    '/keys/export',
  ])('never, since it makes a preview, is a step of a change or no page: %s', (address) =>
    expect([isAskedAhead(address), restOf(address)]).toEqual([false, null]),
  );

  test('after a rest: rooms of one call, and a person', () => {
    const rests = ['/keys', '/activity?status=done', '/status', `/persons/${ID}`, '/persons', '/routes', '/'];
    expect(rests.map((address) => restOf(address)?.after ?? null)).toEqual([80, 80, 80, 150, null, null, null]);
  });
});
