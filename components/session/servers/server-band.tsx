const BANDS: Record<number, string> = {
  1: 'bg-band-1',
  2: 'bg-band-2',
  3: 'bg-band-3',
  4: 'bg-band-4',
  5: 'bg-band-5',
  6: 'bg-band-6',
};

/** A server's colour beside its name. */
export function BandDot({ band }: { band: number }) {
  return <span aria-hidden className={`size-3 shrink-0 rounded-full ${BANDS[band] ?? ''}`} />;
}

/** A server's colour across the top of every page. Its name, and that it is production, stand as words beside the mark. */
export function ServerBand({ band }: { band: number }) {
  return <div aria-hidden className={`pointer-events-none fixed inset-x-0 top-0 z-40 h-1 ${BANDS[band] ?? ''}`} />;
}
