/** Something that is not there, on a page without words of its own for it: within the shell, whose `main` it is in. */
export { PageNotFound as default } from '#components/shell/page-not-found.tsx';
