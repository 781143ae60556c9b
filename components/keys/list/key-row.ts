import { anyKey } from '#lib/i18n/any-key.ts';
import { formatter, translations } from '#lib/i18n/server.ts';
import type { KeyCapability } from '#lib/keys/list/capability.ts';
import { shownKeyName, type KeyKind, type ListedKey } from '#lib/keys/list/listed-key.ts';
import { shownPrefix } from '#lib/keys/list/shown-prefix.ts';
import { QUIET_DAYS, type KeyStatus } from '#lib/keys/list/status.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import type { OmniGeneration } from '#lib/scopes/generations.ts';
import { permissionLines, permissionsInLine } from '#lib/scopes/permission-lines.ts';
import { shownScope } from '#lib/scopes/table.ts';
import { permissionsOf, type Permissions } from '#lib/scopes/words.ts';
import type { Locked } from '#components/ui/locked/locked.ts';
import { statusSayer } from './key-badges.tsx';
import { deedsOf, lockedBy } from './key-deeds.ts';

/** A moment in words, and what stands behind them. */
export type Moment = { text: string; at?: string; title?: string };

/** A key of the list as the browser gets it: values and texts in the reader's language. */
export type KeyRow = {
  id: string;
  name: string;
  prefix: string;
  kinds: readonly (readonly [KeyKind, string])[];
  /** It is the old or the new key of a rotation. */
  rotating?: string | undefined;
  status: KeyStatus;
  /** Empty where it is active: then nothing is said. */
  statusText: string;
  permissions: { text: string; whole: string; far: boolean; unknown?: string | undefined };
  instances: { text: string; whole: string };
  /** `risk`: why it is worth a look. */
  used: Moment & { quiet?: string; risk?: string | undefined; unknown: boolean };
  expires: Moment;
  created: Moment & { by?: string };
  /** It was never used, so no request has to be counted. */
  never: boolean;
  /** Why a deed that its menu offers, or one for several keys, is not possible. */
  barred: Partial<Record<keyof KeyCapability, Locked>>;
};

type Around = {
  names: ReadonlyMap<string, string>;
  now: number;
  capabilities: ReadonlyMap<string, KeyCapability>;
  rotating: ReadonlyMap<string, 'old' | 'new'>;
  generation: OmniGeneration;
  say: (text: Text) => string;
};

const MOST_INSTANCES = 3;
/** So many letters of permissions have room in a line of the list. */
const MOST_LETTERS = 38;

/** A key's permissions in as many words, up to three, as have room in a line; how many more there are is never cut off. */
function shortLine(permissions: Permissions, say: ReturnType<typeof anyKey>): string {
  const lines = [3, 2, 1].map((most) => permissionsInLine(permissions, say, most));
  return lines.find(({ length }) => length <= MOST_LETTERS) ?? lines.at(-1) ?? '';
}

/** Whether a key is used at all: of another, silence says nothing. */
const works = (status: KeyStatus) => status === 'active' || status === 'expires_soon';

/** Makes the rows of the list. */
export async function keyRows(rows: readonly ListedKey[], around: Around): Promise<KeyRow[]> {
  const { names, now, capabilities, rotating, generation, say } = around;
  const [t, tScopes, format, sayStatus] = await Promise.all([
    translations('keys'),
    translations('scopes').then((scopes) => anyKey(scopes)),
    formatter(),
    statusSayer(now, { under: true }),
  ]);
  const moment = (at: string, day = false): Moment => {
    const date = new Date(at);
    const zone = format.dateTime(date, { timeZoneName: 'short' }).split(' ').at(-1) ?? '';
    const exact = `${format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' })} ${zone}`;
    const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
    const text = day
      ? format.dateTime(date, { month: 'short', day: 'numeric', year })
      : format.relativeTime(date, { now, style: 'long' });
    return { text, at, title: exact };
  };
  const instancesOf = (ids: ListedKey['instances']) => {
    if (ids === null) return { text: t('all-short'), whole: '' };
    if (ids.length === 0) return { text: t('none-short'), whole: '' };
    const shown = ids.slice(0, MOST_INSTANCES).map((id) => names.get(id) ?? `${id.slice(0, 8)}…`);
    const more = ids.length - shown.length;
    const text = `${shown.join(', ')}${more > 0 ? ` ${t('and-more', { count: more })}` : ''}`;
    return { text, whole: ids.map((id) => names.get(id) ?? id).join(', ') };
  };
  return rows.map((row): KeyRow => {
    const permissions = permissionsOf(row.scopes, generation);
    const { lastUse } = row;
    const riskOf = (...risks: ('full' | 'manages-keys' | 'idle')[]) => {
      const risk = risks.find((one) => row.risks.includes(one));
      return risk && t(`risk-reasons.${risk}`);
    };
    const far = riskOf('full', 'manages-keys');
    const capability = capabilities.get(row.id);
    const offered = [...deedsOf(row), 'revoke', 'clear'] as const;
    const barred = offered.flatMap((deed) => {
      const locked = lockedBy(capability?.[deed] ?? null, say);
      return locked ? [[deed, locked] as const] : [];
    });
    const part = rotating.get(row.id);
    return {
      id: row.id,
      name: shownKeyName(row),
      prefix: shownPrefix(row.prefix, { short: true }),
      kinds: row.kinds.map((kind) => [kind, t(kind === 'agent' ? 'agent-short' : `kinds.${kind}`)] as const),
      rotating: part && t(`rotating.${part}`),
      status: row.status,
      statusText: row.status === 'active' ? '' : sayStatus(row),
      permissions: {
        text: shortLine(permissions, tScopes),
        whole: [...permissionLines(permissions, tScopes), ...permissions.unknown.map(shownScope), far ?? []]
          .flat()
          .join('\n'),
        far: far !== undefined,
        unknown: permissions.unknown.map(shownScope)[0],
      },
      instances: instancesOf(row.instances),
      used: {
        ...(lastUse.is === 'used' ? moment(lastUse.at) : { text: t(`last-use.${lastUse.is}`) }),
        ...(lastUse.is === 'used' && lastUse.quiet && works(row.status)
          ? { quiet: t('quiet', { days: QUIET_DAYS }) }
          : {}),
        risk: riskOf('idle'),
        unknown: lastUse.is === 'unknown',
      },
      expires: row.expiresAt === null ? { text: t('never-expires') } : moment(row.expiresAt),
      created: { ...moment(row.createdAt, true), ...(row.createdBy === null ? {} : { by: row.createdBy }) },
      never: lastUse.is === 'never',
      barred: Object.fromEntries(barred),
    };
  });
}
