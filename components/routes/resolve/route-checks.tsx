import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { translations } from '#lib/i18n/server.ts';
import { checkAccess } from '#lib/omni/resources/access.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { checkProvider } from '#lib/omni/resources/providers.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';

type Sure = 'yes' | 'no' | 'unknown';

const LOOKS = {
  yes: { icon: CircleCheck, ink: 'text-good' },
  no: { icon: CircleAlert, ink: 'text-danger' },
  unknown: { icon: CircleHelp, ink: 'text-muted' },
} as const;

/** Whether the access rules of the instance allow each of the person's identities there; answers may be five minutes old. */
export async function AccessChecks({
  omni,
  instanceId,
  personId,
}: {
  omni: Omni;
  instanceId: string;
  personId: string;
}) {
  const t = await translations('route-test');
  const presence = await getPresence(omni, personId);
  if (!presence.ok) return <NotKnown error={presence.error} what={t('access')} />;
  const here = presence.value.identities.filter((identity) => identity.instanceId === instanceId).slice(0, 10);
  if (here.length === 0) return <Line sure="unknown">{t('no-identity')}</Line>;
  const answers = await Promise.all(
    here.map(async ({ platformUserId, channel }) => ({
      handle: platformUserId,
      answer: await checkAccess(omni, { instanceId, platformUserId, channel }),
    })),
  );
  return answers.map(({ handle, answer }) =>
    answer.ok ? (
      <Line key={handle} sure={answer.value.allowed ? 'yes' : 'no'}>
        {t(answer.value.allowed ? 'allowed' : 'blocked', { handle })}
      </Line>
    ) : (
      <NotKnown key={handle} error={answer.error} what={t('access')} />
    ),
  );
}

/** Whether the provider behind the agent responds to Omni now. */
export async function ProviderCheck({ omni, id, name }: { omni: Omni; id: string; name: string }) {
  const t = await translations('route-test');
  const health = await checkProvider(omni, id);
  if (!health.ok) return <NotKnown error={health.error} what={t('provider-health', { name })} />;
  const { healthy, latency } = health.value;
  return (
    <Line sure={healthy ? 'yes' : 'no'}>
      {healthy ? t('provider-up', { name, ms: Math.round(latency) }) : t('provider-down', { name })}
    </Line>
  );
}

async function NotKnown({ error, what }: { error: OmniError; what: string }) {
  const [t, tProblem] = await Promise.all([translations('route-test'), translations('problems')]);
  const { code, values } = problemOf(error);
  const known = tProblem.has(`${code}.title` as never) ? code : 'unexpected';
  return <Line sure="unknown">{t('unseen', { what, why: tProblem(`${known}.title` as never, values as never) })}</Line>;
}

function Line({ sure, children }: { sure: Sure; children: ReactNode }) {
  const { icon: Icon, ink } = LOOKS[sure];
  return (
    <p className="flex items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}
