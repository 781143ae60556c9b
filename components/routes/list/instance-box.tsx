import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { translations } from '#lib/i18n/server.ts';

/** For a key that may read routes and not the list of instances: one instance, by its id. */
export async function InstanceBox({ instance }: { instance: string | undefined }) {
  const t = await translations('routes-list');
  return (
    <form method="get" action="/routes" className="mx-auto flex max-w-xl flex-wrap items-end gap-2 p-4">
      <div className="grow">
        <Field id="instance-id" label={t('instance-id')} hint={t('instance-id-hint')}>
          <input
            id="instance-id"
            name="instance"
            defaultValue={instance ?? ''}
            aria-describedby="instance-id-hint"
            autoComplete="off"
            spellCheck={false}
            className={`${inputClass} font-mono text-sm`}
          />
        </Field>
      </div>
      <Button type="submit">{t('show')}</Button>
    </form>
  );
}
