import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireRecord } from '../../../web/api/types.ts';
import { instantText } from '../../../web/fields/format.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { QuoteStanding } from '../quote/standing.shared.ts';
import { tellQuote, useQuoteStanding } from './api.ts';
import './quotes.css';

const AnswerDialog = lazy(() => import('./AnswerDialog.tsx').then((m) => ({ default: m.AnswerDialog })));

/** What a quote waits for, in a line, with the one thing to do next. */
export function QuoteBar({ record }: SlotProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, run } = useSaving();
  const [answering, setAnswering] = useState<'confirm' | 'decline' | null>(null);
  const { data } = useQuoteStanding(record);
  const status = String(record.status);
  const tell = (verb: string) => () => void run(() => tellQuote(record.id, verb), toastError);
  const open = (id: string) => void navigate({ to: '/r/$plural/$id', params: { plural: 'quotes', id } });
  const make = (verb: string) => () =>
    void run(async () => {
      const { id } = await tellQuote<{ id: string }>(record.id, verb);
      open(id);
    }, toastError);
  const link = () =>
    void run(async () => {
      const url = data?.link?.url ?? (await tellQuote<{ url: string }>(record.id, 'confirm-link')).url;
      await copied(url);
    }, toastError);
  const copied = async (url: string) => {
    try {
      await navigator.clipboard.writeText(url);
      toast(t('quotes.linkCopied'), { kind: 'good' });
    } catch {
      toast(url, { life: 30_000 });
    }
  };
  const button = (key: string, run: () => void, primary = false) => (
    <Button key={key} type={primary ? 'primary' : 'default'} loading={primary && busy} onClick={run}>
      {t(`quotes.do.${key}`)}
    </Button>
  );
  const actions: Record<string, React.ReactNode[]> = {
    draft: [button(data?.over ? 'submitOver' : 'submit', tell('submit'), true)],
    approved: [
      button('link', link, true),
      button('send', tell('send-out')),
      button('rework', tell('rework')),
    ],
    sent: [
      button('link', link, true),
      button('confirm', () => setAnswering('confirm')),
      button('decline', () => setAnswering('decline')),
      button('revise', make('new-version')),
      ...(data?.link?.url ? [button('revoke', tell('revoke-link'))] : []),
    ],
    declined: [button('revise', make('new-version'), true)],
    expired: [button('revise', make('new-version'), true)],
  };
  return (
    <section className="quote-bar" aria-label={t('quotes.state')}>
      <span className="quote-says">{wordsOf(record, data, t)}</span>
      {record.can.update && <span className="quote-does">{actions[status]}</span>}
      <Suspense fallback={null}>
        {answering && <AnswerDialog record={record} kind={answering} onClose={() => setAnswering(null)} />}
      </Suspense>
    </section>
  );
}

type Say = (key: string, params?: Record<string, unknown>) => string;

function wordsOf(record: WireRecord, data: QuoteStanding | undefined, t: Say): string {
  const status = String(record.status);
  const link = data?.link;
  if (status === 'draft') {
    const rate = Number(record.discountRate ?? 0);
    const discount = rate > 0 ? t('quotes.discount', { rate }) : t('quotes.noDiscount');
    if (!data?.over) return discount;
    const why = record.belowMinimum
      ? t('quotes.below')
      : record.belowMargin
        ? t('quotes.belowMargin')
        : t('quotes.over', { limit: data.limit ?? 0 });
    return `${discount} ${why}`;
  }
  if (status === 'sent') {
    const until = t('quotes.until', { date: record.validUntil });
    if (!link?.url) return until;
    const seen = link.openedAt
      ? t('quotes.opened', { count: link.opened, at: instantText(link.openedAt) })
      : t('quotes.unopened');
    return `${until} ${seen}`;
  }
  if (status === 'confirmed' || status === 'declined') {
    const who = (record.answeredBy as string | null) ?? t('quotes.customer');
    const at = record.answeredAt ? instantText(String(record.answeredAt)) : '';
    const from = link?.answer && link.ip ? t('quotes.from', { ip: link.ip }) : '';
    const note = record.answerNote ? t('quotes.note', { note: record.answerNote }) : '';
    return [t(`quotes.${status}`, { who, at }), from, note].filter(Boolean).join(' ');
  }
  return t(`quotes.is.${status}`);
}
