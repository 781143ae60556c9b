/** Pages that need a permission stand under `(console)`, which says so itself. Without this, Next sends its own sentence with every page. */
export default function Forbidden() {
  return null;
}
