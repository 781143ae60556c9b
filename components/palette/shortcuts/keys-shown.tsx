/** Keys to press, one box each. */
export function KeysShown({ keys }: { keys: readonly string[] }) {
  return (
    <span className="flex shrink-0 gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-grid min-h-5 min-w-5 place-items-center rounded-sm border bg-inset px-1 font-sans text-xs text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
