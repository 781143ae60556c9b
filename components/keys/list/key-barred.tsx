import { Link } from '#components/ui/link.tsx';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { BarredDeed, KeyDeed } from '#lib/keys/list/capability.ts';
import { listedKey } from '#lib/keys/list/listed-key.ts';
import type { SeenKey } from '#lib/omni/resources/own-key.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { hrefOf } from './key-deeds.ts';
import { KeyFacts } from './key-facts.tsx';

type Props = {
  id: string;
  deed: KeyDeed;
  barred: BarredDeed;
  say: (text: Text) => string;
  /** Where it is the whole page: the key, of which is told what is known, by Omni's clock (milliseconds). */
  about?: { seen: SeenKey; now: number };
};

/** In place of a deed that is not possible: why, and what can be done instead, which is no failure of anything. */
export async function KeyBarred({ id, deed, barred: { why, scope, instead }, say, about }: Props) {
  const t = await translations('key');
  const actions =
    scope || instead ? (
      <>
        {scope ? <CopyRequest scope={scope} /> : null}
        {instead ? (
          <Link href={hrefOf(id, instead)} className={buttonClass({ variant: 'primary' })}>
            {t(instead === 'create' ? 'create-like' : instead)}
          </Link>
        ) : null}
      </>
    ) : null;
  const notice = (
    <Notice tone={instead ? 'info' : 'warn'} role="alert" title={t(`cannot.${deed}`)} actions={actions}>
      {say(why)}
    </Notice>
  );
  if (!about) return notice;
  const { seen, now } = about;
  return (
    <div className="grid max-w-[1120px] grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_340px]">
      {notice}
      <div className="min-w-0">
        <KeyFacts row={listedKey(seen, now)} detail={seen.key} now={now} calendar={null} />
      </div>
    </div>
  );
}
