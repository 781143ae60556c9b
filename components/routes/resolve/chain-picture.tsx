'use client';

import { useTranslations } from 'use-intl/react';
import type { ChainLink, ResolutionView } from '#lib/routes/resolve/resolution-view.ts';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import type { VerdictShown } from '#components/ui/verdict/verdict-text.ts';
import { useAgentWords } from './resolution-words.ts';

const WIDTH = 344;
const STEP = 84;
const BOX = { x: 40, width: 280, height: 64 };
const LONGEST = 36;

/** The chain as a picture: the search goes down until a link answers; from there a line leads to the agent. */
export function ChainPicture({ view, verdict }: { view: ResolutionView; verdict: VerdictShown }) {
  const t = useTranslations('route-test');
  const words = useAgentWords();
  const won = view.links.findIndex(({ state }) => state === 'reached');
  const last = view.links.length;
  const centre = (at: number) => at * STEP + BOX.height / 2 + 4;
  const texts = useVerdictText();
  const textOf = ({ agent, route }: ChainLink) =>
    agent ? (route?.draft ? `${words(agent)} · ${t('draft')}` : words(agent)) : '—';
  const links = view.links.map((link) => `${t(`links.${link.by}`)}: ${textOf(link)}, ${t(`short.${link.state}`)}`);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${last * STEP + BOX.height + 8}`}
      role="img"
      aria-label={t('picture', { links: links.join('; '), verdict: texts.sentence(verdict) })}
      className="w-full max-w-96"
    >
      {view.links.map((link, at) => (
        <g key={link.by}>
          {at > 0 ? (
            <line
              x1={16}
              x2={16}
              y1={centre(at - 1) + 7}
              y2={centre(at) - 7}
              strokeWidth={2}
              strokeDasharray={at > won ? '3 5' : undefined}
              className={at > won ? 'stroke-edge' : 'stroke-accent-text'}
            />
          ) : null}
          <Dot at={centre(at)} link={link} />
          <Box
            y={at * STEP + 4}
            strong={at === won}
            faint={at > won}
            title={t(`links.${link.by}`)}
            text={textOf(link)}
            aside={t(`short.${link.state}`)}
          />
        </g>
      ))}
      <path
        d={`M ${BOX.x + BOX.width} ${centre(won)} h 14 V ${centre(last)} h -14`}
        fill="none"
        strokeWidth={2}
        className="stroke-accent-text"
      />
      <path
        d={`M ${BOX.x + BOX.width + 8} ${centre(last) - 5} l -7 5 l 7 5`}
        fill="none"
        strokeWidth={2}
        className="stroke-accent-text"
      />
      <Box y={last * STEP + 4} strong title={texts.head(verdict)} text={texts.detail(verdict)} aside="" />
    </svg>
  );
}

function Dot({ at, link }: { at: number; link: ChainLink }) {
  const reached = link.state === 'reached';
  return (
    <circle
      cx={16}
      cy={at}
      r={6}
      strokeWidth={2}
      className={reached ? 'fill-accent stroke-accent-text' : 'fill-surface stroke-edge'}
    />
  );
}

type BoxProps = { y: number; title: string; text: string; aside: string; strong?: boolean; faint?: boolean };

function Box({ y, title, text, aside, strong = false, faint = false }: BoxProps) {
  return (
    <>
      <rect
        x={BOX.x}
        y={y}
        width={BOX.width}
        height={BOX.height}
        rx={6}
        strokeDasharray={faint ? '3 4' : undefined}
        className={strong ? 'fill-accent-soft stroke-accent-text' : 'fill-surface stroke-edge'}
      />
      <text x={BOX.x + 12} y={y + 19} fontSize={12} className="fill-muted">
        {title}
      </text>
      <text x={BOX.x + 12} y={y + 37} fontSize={14} fontWeight={600} className={faint ? 'fill-muted' : 'fill-text'}>
        {text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}
      </text>
      <text x={BOX.x + 12} y={y + 54} fontSize={12} className={strong ? 'fill-accent-text' : 'fill-muted'}>
        {aside}
      </text>
    </>
  );
}
