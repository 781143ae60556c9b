/** The console's mark: one ring around several people. */
export function OmniMark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" fill="none" className={className}>
      <circle cx="12" cy="12" r="10" stroke="var(--accent-text)" strokeWidth="2" />
      <circle cx="12" cy="8.2" r="2.2" fill="var(--accent-text)" />
      <circle cx="8.3" cy="14.4" r="2.2" fill="var(--accent-text)" />
      <circle cx="15.7" cy="14.4" r="2.2" fill="var(--accent-text)" />
    </svg>
  );
}
