/** The console's version, told to Omni in `User-Agent`. A test holds it to `package.json`. */
export const VERSION = '0.1.0';
