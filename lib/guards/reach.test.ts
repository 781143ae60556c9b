import { expect, test } from 'vitest';
import { bareCode, code, findings, sources, type Source } from './source.ts';

const ours = ({ path }: Source) => /^(app|components)\/.*\.tsx$/.test(path);

/** A reason that is only a `title` is reached by no key and no finger; what is locked is a `GuardedButton`. */
function hiddenReason(file: Source): string[] {
  if (!ours(file)) return [];
  const text = bareCode(file.text);
  return [
    ...(/<(span|div|a|Link)\b[^>]*\saria-disabled/.test(text) ? ['locks what cannot have the focus'] : []),
    ...(/\stitle=\{\s*(locked|why|whyNot|reason|cannotWrite)\s*(?:\}|\?)/.test(text)
      ? ['says why in a title only']
      : []),
  ];
}

/** A live region says its text; an `aria-label` alone is not said. */
function silentRegion(file: Source): string[] {
  return ours(file) && /role="status"\s+aria-label|aria-label=\{[^}]*\}\s+role="status"/.test(code(file.text))
    ? ['has a live region that says nothing']
    : [];
}

/** Without a height a bar covers what has the focus at 400 % zoom; `tall:` lets it go. */
function alwaysSticks(file: Source): string[] {
  return ours(file) &&
    /(?<![\w:-])(?:(?!tall)[\w-]+:)*sticky\b/.test(code(file.text)) &&
    !/tall:(?:[\w-]+:)*sticky\b/.test(code(file.text))
    ? ['has a bar that sticks in a low window']
    : [];
}

test.each([
  ['what is locked says why where one can reach it', hiddenReason],
  ['live regions say something', silentRegion],
  ['bars let go in a low window', alwaysSticks],
])('%s', (_name, rule) => {
  expect(findings(sources(), rule)).toEqual([]);
});

test('each rule can fail', () => {
  const path = 'components/a.tsx';
  expect(hiddenReason({ path, text: '<span aria-disabled title={why} />' })).toHaveLength(2);
  expect(hiddenReason({ path, text: '<button aria-disabled title={t(name)} />' })).toEqual([]);
  expect(silentRegion({ path, text: '<div role="status" aria-label={label} />' })).toHaveLength(1);
  expect(alwaysSticks({ path, text: '<div className="md:sticky top-0" />' })).toHaveLength(1);
  expect(alwaysSticks({ path, text: '<div className="top-0 tall:md:sticky" />' })).toEqual([]);
});
