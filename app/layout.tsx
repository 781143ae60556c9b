import type { Metadata, Viewport } from 'next';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Hydrated } from '#components/shell/hydrated.tsx';
import { RequestTextsProvider } from '#components/ui/locked/request-texts.tsx';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Omni console', template: '%s · Omni console' },
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
  icons: {
    icon: [
      { url: '/favicon.ico', sizes: '16x16 32x32 48x48' },
      { url: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
    apple: { url: '/apple-icon.png', sizes: '180x180' },
  },
  manifest: '/site.webmanifest',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafafa' },
    { media: '(prefers-color-scheme: dark)', color: '#111114' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, { locale, timeZone }, t] = await Promise.all([cookies(), requestIntl(), translations('problems')]);
  const request = {
    copy: t('request.copy'),
    copied: t('request.copied'),
    sentence: t('request.text', { scope: '%scope%', url: '%url%' }),
  };
  const theme = jar.get('theme')?.value;
  const density = jar.get('density')?.value === 'compact' ? 'compact' : undefined;
  return (
    <html
      lang={locale}
      data-theme={theme === 'light' || theme === 'dark' ? theme : undefined}
      data-density={density}
      data-single-keys={jar.get('single-keys')?.value === 'off' ? 'off' : undefined}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <body className="min-h-dvh bg-bg text-text antialiased">
        <RequestTextsProvider texts={request}>{children}</RequestTextsProvider>
        <Hydrated zone={timeZone} />
      </body>
    </html>
  );
}
