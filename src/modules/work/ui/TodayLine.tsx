import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { clockOf, daysFromToday } from '../../../web/fields/format.ts';
import { usePhone } from '../../../web/shell/hooks.ts';
import type { TodayItem } from './api.ts';
import { useSwipe } from './useSwipe.ts';
import { isLate } from './when.ts';

interface Props {
  item: TodayItem;
  today: string;
  now: boolean;
  onFocus: () => void;
  onAct: () => void;
  onOpen: () => void;
  /** Where one may write a follow-up of its customer. */
  onFollow: (() => void) | null;
}

/** One line: when, what and why, and its one button; on a phone a swipe to the left does it too. */
export function TodayLine({ item, today, now, onFocus, onAct, onOpen, onFollow }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const swipe = useSwipe(onAct, phone);
  return (
    <li className={`today-line ${now ? 'now' : ''}`} {...swipe.handlers}>
      <div className="today-slide" style={swipe.style}>
        <When item={item} today={today} />
        <button type="button" className="today-what" onClick={onOpen} onFocus={onFocus}>
          <span>
            <Title item={item} /> <span className={`tag ${item.color}`}>{item.label}</span>
          </span>
          <small>{[item.why, item.owner].filter(Boolean).join(' · ')}</small>
        </button>
        {onFollow && !phone && (
          <Button
            type="text"
            className="today-follow"
            aria-label={t('follow.of', { title: item.customer?.title ?? '' })}
            onClick={onFollow}
            onFocus={onFocus}
          >
            {t('follow.short')}
          </Button>
        )}
        <Button onClick={onAct} onFocus={onFocus} data-action={item.kind}>
          {item.action.label}
        </Button>
      </div>
      {swipe.offset < 0 && <span className="today-swipe">{item.action.label}</span>}
    </li>
  );
}

function Title({ item: { title, strong } }: { item: TodayItem }) {
  const at = strong ? title.indexOf(strong) : -1;
  if (!strong || at < 0) return title;
  return (
    <>
      {title.slice(0, at)}
      <b>{strong}</b>
      {title.slice(at + strong.length)}
    </>
  );
}

function When({ item, today }: { item: TodayItem; today: string }) {
  const { t } = useTranslation();
  const name = `today-when ${isLate(item, today, Date.now()) ? 'late' : ''}`;
  if (item.at) return <time className={name}>{clockOf(item.at)}</time>;
  if (!item.date) return <span className={name}>{t('period.today')}</span>;
  const days = daysFromToday(item.date, today);
  if (days < 0) return <time className={name}>{t('today.late', { count: -days })}</time>;
  if (days === 0) return <time className={name}>{t('period.today')}</time>;
  return <time className={name}>{days === 1 ? t('period.tomorrow') : item.date.slice(5)}</time>;
}
