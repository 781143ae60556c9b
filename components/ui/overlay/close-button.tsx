import { X } from 'lucide-react';

/** The cross that closes what lies above the page. `label`: what it says to whoever doesn't see it. */
export function CloseButton({
  label,
  onClick,
  className = '',
}: {
  label: string;
  onClick: () => void;
  className?: string;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className={`grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover ${className}`}
    >
      <X aria-hidden className="size-4" />
    </button>
  );
}
