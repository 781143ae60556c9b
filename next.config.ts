import type { NextConfig } from 'next';

const NOTHING_OF =
  'accelerometer camera display-capture geolocation gyroscope hid magnetometer microphone midi payment screen-wake-lock serial usb'.split(
    ' ',
  );

const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: NOTHING_OF.map((feature) => `${feature}=()`).join(', ') },
  { key: 'X-Permitted-Cross-Domain-Policies', value: 'none' },
];

/** Addresses of before: each leads to today's, with what comes after it and with its query. */
const OLD_ADDRESSES = [
  ['/routes/hygiene', '/routes/health'],
  ['/routes/probes', '/routes/tests'],
] as const;

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  // Nothing uses Next's own resizing of pictures, which would fetch addresses and keep what it made.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '*': ['node_modules/sharp/**', 'node_modules/@img/**'] },
  reactStrictMode: true,
  typedRoutes: true,
  logging: { serverFunctions: false },
  deploymentId: process.env.NEXT_DEPLOYMENT_ID,
  experimental: {
    authInterrupts: true,
    serverActions: { bodySizeLimit: '1mb' },
    proxyClientMaxBodySize: '1mb',
    // How long the router keeps a page that was asked for ahead (components/shell/calls/page-copies.ts); 30 s is the least there is.
    staleTimes: { static: 30 },
  },
  // Messages arrive compiled (lib/i18n/messages.ts): the parser stays out of the browser and of every render.
  turbopack: {
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
    // The tour (docs/tour.*.md) is a page of the console, too.
    rules: { '*.md': { type: 'text' } },
  },
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
  redirects: async () =>
    OLD_ADDRESSES.map(([was, is]) => ({ source: `${was}/:rest*`, destination: `${is}/:rest*`, permanent: true })),
};

export default config;
