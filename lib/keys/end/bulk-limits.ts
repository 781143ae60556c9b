/** So many keys can be revoked or deleted together. */
export const MOST_ENDED = 50;
