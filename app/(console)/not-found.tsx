import { PageNotFound } from '#components/shell/page-not-found.tsx';

/** Something that is not there, on a page without words of its own for it: within the shell, whose `main` it is in. */
export default function NotFound() {
  return <PageNotFound />;
}
