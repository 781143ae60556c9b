import type { Metadata, Viewport } from 'next';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Hydrated } from '#components/shell/hydrated.tsx';
import { requestIntl } from '#lib/i18n/server.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Omni console', template: '%s · Omni console' },
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
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
  const [jar, { locale }] = await Promise.all([cookies(), requestIntl()]);
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
        {children}
        <Hydrated />
      </body>
    </html>
  );
}
