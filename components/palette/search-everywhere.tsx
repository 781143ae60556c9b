'use client';

import type { Route } from 'next';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ComponentType,
} from 'react';
import { useTranslations } from 'use-intl/react';
import { HELP_WANTED } from '#components/shell/help-button.tsx';
import { singleKeysOn } from '#components/shell/preferences.ts';
import { takesKeys } from '#components/shell/takes-keys.ts';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import { leaveFor } from './actions/leave.ts';
import type { ThisConsole } from './help/help-links.tsx';
import type { SheetProps } from './help/help-sheet.tsx';
import type { PaletteProps } from './palette.tsx';
import { LEAD_MS, shortcutOf } from './shortcuts/shortcut.ts';

type Props = Pick<PaletteProps, 'actor' | 'scopes' | 'several'> & { about: ThisConsole };
type Loaded = { Palette?: ComponentType<PaletteProps>; Sheet?: ComponentType<SheetProps> };

const isMac = () => /mac|iphone|ipad/i.test(navigator.platform);
const never = () => () => undefined;

/** The button that opens the palette, and the global shortcuts. Palette and help are loaded on first use. */
export function SearchEverywhere({ about, ...props }: Props) {
  const t = useTranslations('palette');
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState<'palette' | 'sheet' | null>(null);
  const [{ Palette, Sheet }, setLoaded] = useState<Loaded>({});
  const [failed, setFailed] = useState(false);
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLDialogElement>(null);
  const led = useRef(-LEAD_MS);
  const mac = useSyncExternalStore(never, isMac, () => false);

  const load = useCallback(
    (what: 'palette' | 'sheet') => {
      const loading =
        what === 'palette'
          ? import('./palette.tsx').then(({ Palette }) => ({ Palette }))
          : import('./help/help-sheet.tsx').then(({ HelpSheet }) => ({ Sheet: HelpSheet }));
      loading
        .then((part) => setLoaded((now) => ({ ...now, ...part })))
        .catch(() => (what === 'palette' ? setFailed(true) : toast({ text: t('not-loaded'), persistent: true })));
    },
    [t, toast],
  );

  const show = useCallback(
    (what: 'palette' | 'sheet') => {
      setFailed(false);
      setTyped('');
      setOpen(what);
      load(what);
    },
    [load],
  );
  const close = useCallback(() => setOpen(null), []);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const dialog = document.querySelector('dialog[open]');
      const free = !dialog && !takesKeys(event.target);
      const bare = free && singleKeysOn();
      const shortcut = shortcutOf(event, { mac: isMac(), free, bare, led: event.timeStamp - led.current < LEAD_MS });
      if (!['Shift', 'CapsLock'].includes(event.key)) led.current = -LEAD_MS;
      if (!shortcut || (dialog && dialog !== box.current)) return;
      event.preventDefault();
      if (shortcut.is === 'palette') return dialog ? close() : show('palette');
      if (shortcut.is === 'lead') led.current = event.timeStamp;
      else if (shortcut.is === 'go' || shortcut.is === 'undo')
        leaveFor(shortcut.is === 'go' ? shortcut.to : '/activity/undo', (href) => router.push(href as Route));
      else if (shortcut.is === 'sheet') show('sheet');
      else if (!focusSearch()) show('palette');
    };
    const helpWanted = () => show('sheet');
    addEventListener('keydown', pressed);
    addEventListener(HELP_WANTED, helpWanted);
    return () => {
      removeEventListener('keydown', pressed);
      removeEventListener(HELP_WANTED, helpWanted);
    };
  }, [close, router, show]);

  useLayoutEffect(() => {
    if (open === 'palette') box.current?.showModal();
    else box.current?.close();
  }, [open]);

  return (
    <>
      <button
        type="button"
        aria-keyshortcuts={mac ? 'Meta+K' : 'Control+K'}
        title={t('title')}
        onClick={() => show('palette')}
        onPointerEnter={() => load('palette')}
        className="grid size-10 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text max-md:ml-auto md:mx-2 lg:flex lg:h-9 lg:w-auto lg:justify-start lg:gap-2 lg:border lg:border-edge/50 lg:bg-surface lg:px-3"
      >
        <Search aria-hidden className="size-5 shrink-0 md:size-4" />
        <span className="truncate text-left max-lg:sr-only lg:grow">{t('open')}</span>
        <kbd aria-hidden className="shrink-0 font-sans text-xs max-lg:hidden">
          {mac ? '⌘K' : 'Ctrl K'}
        </kbd>
      </button>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape closes it too */}
      <dialog
        ref={box}
        aria-label={t('title')}
        onClose={close}
        onClick={(event) => event.target === box.current && close()}
        className="mx-auto mt-2 mb-auto w-[calc(100vw-16px)] max-w-xl overflow-hidden rounded-lg border bg-surface p-0 text-base text-text shadow-lg sm:mt-[12vh]"
      >
        {open !== 'palette' ? null : Palette ? (
          <Palette {...props} typed={typed} close={close} showSheet={() => show('sheet')} />
        ) : (
          <>
            <input
              aria-label={t('title')}
              value={typed}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              placeholder={t('placeholder')}
              onChange={(event) => setTyped(event.target.value)}
              className="h-12 w-full border-b bg-transparent px-9 text-lg outline-none"
            />
            <div role="status" className="h-[min(26rem,calc(100dvh-12rem))] space-y-4 p-4">
              {failed ? t('not-loaded') : <SkeletonLines label={t('loading')} />}
            </div>
          </>
        )}
      </dialog>
      {Sheet ? <Sheet open={open === 'sheet'} mac={mac} about={about} close={close} /> : null}
    </>
  );
}

function SkeletonLines({ label }: { label: string }) {
  return (
    <>
      <span className="sr-only">{label}</span>
      <div className="skeleton h-3 w-1/3" />
      <div className="skeleton h-3 w-1/2" />
      <div className="skeleton h-3 w-2/5" />
    </>
  );
}

/** Focuses the page's search field; false where it has none. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('#main input[type="search"]');
  field?.focus();
  field?.select();
  return field !== null;
}
