import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { ListedKey } from '#lib/keys/list/listed-key.ts';
import { QUIET_DAYS, type LastUse } from '#lib/keys/list/status.ts';

/** When a key was used last: a time, never, or not reported. */
export async function LastUseWords({ use }: { use: LastUse }) {
  const t = await translations('keys');
  if (use.is === 'used') {
    return (
      <>
        <Time at={use.at} />
        {use.quiet ? <span className="text-xs text-warn"> · {t('quiet', { days: QUIET_DAYS })}</span> : null}
      </>
    );
  }
  return (
    <span className={use.is === 'unknown' ? 'unknown rounded-sm px-1 text-muted' : 'text-muted'}>
      {t(`last-use.${use.is}`)}
    </span>
  );
}

type Instances = { instances: ListedKey['instances']; names: ReadonlyMap<string, string>; most?: number };

/** All instances, none, or the names of those a key is limited to; an id where the name can't be read. */
export async function InstanceWords({ instances, names, most = 3 }: Instances) {
  const t = await translations('keys');
  if (instances === null) return t('all-instances');
  if (instances.length === 0) return t('no-instances');
  const shown = instances.slice(0, most).map((id) => names.get(id) ?? `${id.slice(0, 8)}…`);
  const more = instances.length - shown.length;
  return (
    <span title={instances.map((id) => names.get(id) ?? id).join(', ')}>
      {shown.join(', ')}
      {more > 0 ? ` ${t('and-more', { count: more })}` : ''}
    </span>
  );
}
