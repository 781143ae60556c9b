'use client';

import { createContext, use, useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { FormProvider, type Path, type PathValue } from 'react-hook-form';
import { Button, type ButtonLook } from '#components/ui/button.tsx';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import type { ActionFailure } from '#lib/actions/action-result.ts';
import type { FormOf } from './use-form-of.ts';

type Sending = { ready: boolean; busy: boolean; formId: string };
const Sends = createContext<Sending>({ ready: false, busy: false, formId: '' });

/** What a submit came to: nothing more to say, or a failure, whose `fields` are told at their fields. */
export type Sent = ActionFailure | null | void;

type Props<T extends object> = {
  form: FormOf<T>;
  submit: (values: T) => Promise<Sent> | Sent;
  className?: string;
  label?: string;
  children: ReactNode;
};

/**
 * The one `<form>` of the console. It is a POST, and its buttons are off until the page is alive, so that nothing typed ends up in
 * an address. A refused field is told at the field, which takes the focus; anything else in an alert above, which takes it.
 */
export function Form<T extends object>({ form, submit, className = 'space-y-4', label, children }: Props<T>) {
  const formId = useId();
  const [ready, setReady] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const alert = useRef<HTMLDivElement>(null);
  const element = useRef<HTMLFormElement>(null);
  const sending = useRef(false);
  const { isSubmitting } = form.formState;
  useEffect(() => setReady(true), []);
  const { loadSchema } = form;
  useEffect(() => {
    const touched = element.current;
    touched?.addEventListener('focusin', loadSchema, { once: true });
    return () => touched?.removeEventListener('focusin', loadSchema);
  }, [loadSchema]);
  useEffect(() => {
    if (failure) alert.current?.focus();
  }, [failure]);

  const send = form.handleSubmit(async (values) => {
    setFailure(null);
    const answer = (await submit(values)) ?? null;
    if (!answer) return;
    const fields = Object.entries(answer.fields ?? {}).filter(([name]) => name in form.values);
    for (const [at, [name, code]] of fields.entries())
      form.setError(name as Path<T>, { type: 'server', message: code }, { shouldFocus: at === 0 });
    if (fields.length === 0) setFailure(answer);
  });

  return (
    <FormProvider {...form}>
      <Sends value={{ ready, busy: isSubmitting, formId }}>
        <form
          id={formId}
          ref={element}
          method="post"
          noValidate
          aria-label={label}
          className={className}
          onSubmit={(event) => {
            event.preventDefault();
            // For React a dialog opened from a form stands inside it, so its submit event must not reach that form.
            event.stopPropagation();
            if (sending.current) return;
            sending.current = true;
            readWhatIsThere(event.currentTarget, form);
            void send().finally(() => (sending.current = false));
          }}
        >
          {failure ? (
            <div ref={alert} tabIndex={-1} className="col-span-full rounded">
              <ProblemNotice failure={failure} />
            </div>
          ) : null}
          {children}
        </form>
      </Sends>
    </FormProvider>
  );
}

type SubmitProps = ButtonLook & {
  busyLabel?: ReactNode;
  disabled?: boolean;
  /** Can't be pressed just now, and keeps the focus. */
  waits?: boolean;
  /** What a dialog focuses first (`components/ui/overlay/dialog.tsx`). */
  'data-focus'?: boolean;
  className?: string;
  children: ReactNode;
};

/** Sends the form it stands in, once the page is alive. */
export function SubmitButton({
  busyLabel,
  disabled = false,
  waits,
  variant = 'primary',
  children,
  ...rest
}: SubmitProps) {
  const { ready, busy, formId } = use(Sends);
  return (
    <Button
      {...rest}
      type="submit"
      form={formId}
      variant={variant}
      aria-disabled={waits}
      disabled={!ready || busy || disabled}
    >
      {busy && busyLabel ? busyLabel : children}
    </Button>
  );
}

/** A browser may fill a field without an event: what stands in the field is what is sent. */
function readWhatIsThere<T extends object>(element: HTMLFormElement, form: FormOf<T>): void {
  for (const field of element.elements) {
    if (!(field instanceof HTMLInputElement) || !/^(text|password|email|url|tel|search)$/.test(field.type)) continue;
    const name = field.name as Path<T>;
    if (field.name in form.values && typeof form.getValues(name) === 'string' && form.getValues(name) !== field.value)
      form.setValue(name, field.value as PathValue<T, Path<T>>);
  }
}
