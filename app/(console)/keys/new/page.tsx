import type { Metadata } from 'next';
import { KeyForm } from '#components/keys/form/key-form.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { BackLink, PageHeader } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import { formValuesLike, emptyFormValues, type CopiedFormValues } from '#lib/keys/form/form-values.ts';
import { readFormFacts } from '#lib/keys/form/form-facts.ts';
import { endOfDayIn } from '#lib/i18n/local-time.ts';
import { descriptionOf } from '#lib/keys/form/mark.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { seenOr } from '#lib/omni/seen.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { PermissionsNote } from '#components/session/request/permissions-note.tsx';

/** How long a key is valid unless another expiry is chosen. */
const USUAL_DAYS = 90;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('key-form'))('title') };
}

export default async function NewKeyPage({ searchParams }: PageProps<'/keys/new'>) {
  const [{ omni, session }, params, t, tKey, { timeZone }] = await Promise.all([
    requirePage('/keys/new'),
    searchParams,
    translations('key-form'),
    translations('key'),
    requestIntl(),
  ]);
  const facts = await readFormFacts(omni, session.heldScopes);
  const usual = endOfDayIn(USUAL_DAYS, Date.now(), timeZone);
  const like = isUuid(params.like) && allows(session.scopes, 'keys:read') !== 'no' ? params.like : null;
  const start = like ? await likeKey(omni, like, usual, facts.own) : { values: emptyFormValues(usual), uncopied: [] };
  if ('error' in start) return <Problem page error={start.error} />;
  const held = seenOr(facts.held, null);
  const values = {
    ...start.values,
    ...(held === null || start.values.instances !== 'all'
      ? {}
      : { instances: 'some' as const, instanceIds: [...held] }),
  };
  return (
    <>
      <BackLink href="/keys">{tKey('back')}</BackLink>
      <PageHeader title={t('title')} />
      <PermissionsNote generation={session.capabilities.generation} />
      {start.uncopied.length > 0 ? (
        <Notice tone="warn" className="mb-4" title={t('uncopied')}>
          {t('uncopied-help', { what: start.uncopied.map((one) => t(`uncopied-parts.${one}`)).join(', ') })}
        </Notice>
      ) : null}
      <WithMessages of={['key-form', 'scopes', 'seen', 'form', 'problems', 'ui']} starts={['keys.create', 'keys.edit']}>
        <KeyForm
          key={like ?? 'new'}
          start={values}
          {...facts}
          profiles={session.capabilities.profiles !== 'no'}
          generation={session.capabilities.generation}
        />
      </WithMessages>
    </>
  );
}

/** The form's values copied from another key, as far as the session's own key can grant them; the expiry is chosen anew. */
async function likeKey(
  omni: Omni,
  id: string,
  expiresAt: string,
  own: readonly string[] | null,
): Promise<CopiedFormValues | { error: OmniError }> {
  const seen = await seeKey(omni, id);
  if (!seen.ok) return { error: seen.error };
  return formValuesLike(seen.value.key, descriptionOf(seen.value.key), own, expiresAt);
}
