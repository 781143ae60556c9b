/** Nothing answers 401 with a page. Without this, Next sends its own sentence about it twice with every page. */
export default function Unauthorized() {
  return null;
}
