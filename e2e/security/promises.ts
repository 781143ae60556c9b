import messages from '#messages/en.json' with { type: 'json' };
import { allows } from '#lib/scopes/scopes.ts';
import type { PageControl } from './controls.ts';

/** Where a link leads that is there for one thing only, and the permission it takes. */
const LEADS: readonly [RegExp, string][] = [
  [/^\/persons\/(merge|merge-many|link|unlink)\b/, 'persons:write'],
  [/^\/routes\/(new|delete)\b/, 'routes:write'],
  [/^\/keys\/(new\b|rotate\?|[^/]+\/(edit|revoke|delete|leaked)\b)/, 'keys:write'],
  [/^\/persons\/(export|[^/]+\/timeline)\b/, 'persons:read'],
  [/^\/routes\/(export|health\/export|tests\/export)\b/, 'routes:read'],
  [/^(\/keys\/export|\/api\/keys\/exports)\b/, 'keys:read'],
];

/** What a control says that does one thing only, and the permission it takes. */
const DOES: readonly [RegExp, string][] = [
  [
    /^(Edit (Name|Phone|Email|Picture|Metadata)|Merge|Swap|Unlink|Link |Only this identity|Everything|Not the same|Undo decision)/,
    'persons:write',
  ],
  [/^(Choose people|Search people)/, 'persons:read'],
  [
    /^(Route .|Switch |Activate|Deactivate|Delete|New route|Copy route to|Review|Save test|Priority$|Replace agent|Set agent|Clear overrides)/,
    'routes:write',
  ],
  [/^(Instance ID|Show routes|Search routes|Run all)/, 'routes:read'],
  [/^(Create (key|a key)|Edit key|Rotate|Revoke|Handle a leak|Never expires|Use preset|Another scope)/, 'keys:write'],
  [/^(Search keys|Copy (all|filtered) requests|Create evidence file)/, 'keys:read'],
];

/**
 * What buttons say that ask or change nothing at Omni: what a key that writes nothing may use. `More` and `Actions for …` open
 * menus, whose entries are looked at themselves.
 */
const HARMLESS =
  /^(About|Actions for |Added|Agent$|All \d|Apply|Back to|Changed|Channels|Check$|Check again|Clear |Columns|End( session)?$|Copy (as|handle|ID|chat ID|person ID|URL|Handle|Id|request for an admin|.*…)|Filter|Have a look|Look again|More$|Only (overrides|own values)|Saved tests \d|Show the key|Sign out|Skip$|Stop$|Type key again|Test$|Views|English|Português|Instance$|Label$|Test routing$|Try again)/;

/** What the page of the routes' health can find: buttons that filter its list, with how many there are. */
const FINDINGS = Object.values(messages['routes-health'].reasons).map(({ short }) => short);
/** A pair of the duplicates: shows the two side by side. */
const SHOWS = /Same (phone|email|name)/;
const narrows = (name: string) =>
  SHOWS.test(name) || FINDINGS.some((short) => name.startsWith(short) && /^\s*\d+$/.test(name.slice(short.length)));

/** The controls of a page that promise what a key of these scopes may not do. */
export function promises(controls: readonly PageControl[], scopes: readonly string[]): string[] {
  const denied = ([, scope]: readonly [RegExp, string]) => allows(scopes, scope) === 'no';
  const reads = !scopes.some((scope) => scope === '*' || scope.endsWith(':write') || scope.endsWith(':*'));
  return controls
    .filter(({ locked }) => !locked)
    .filter(({ name, href, button }) => {
      if (button && narrows(name)) return false;
      const found = href === null ? DOES.find(([words]) => words.test(name)) : LEADS.find(([path]) => path.test(href));
      return found ? denied(found) : button && reads && !HARMLESS.test(name);
    })
    .map(({ name, href }) => `${name}${href === null ? '' : ` → ${href}`}`);
}
