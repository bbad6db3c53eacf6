import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import type { i18n } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capitalAmount } from '../../../platform/money/capitals.shared.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { get, messageOf, post } from '../../../web/api/client.ts';
import { instantTextIn, moneyText } from '../../../web/fields/format.ts';
import { currentLanguage } from '../../../web/i18n/index.ts';
import { StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { SeenLine, SeenQuote } from '../link/seen.shared.ts';
import './confirm.css';

/** A quote as its customer sees it behind his link: read it, confirm it, or say why not. */
export function ConfirmPage({ token }: { token: string }) {
  const { data, error } = useQuery({
    queryKey: ['quote-link', token],
    queryFn: () => get<SeenQuote>(`/quote-links/${token}`),
    retry: false,
    staleTime: Infinity,
  });
  if (error) return <StatusPage title={messageOf(error)} />;
  if (!data) return null;
  return <Paper token={token} quote={data} />;
}

function Paper({ token, quote: opened }: { token: string; quote: SeenQuote }) {
  const { t, i18n: say } = useTranslation();
  const [name, setName] = useState(opened.contact ?? '');
  const [reason, setReason] = useState('');
  const [declining, setDeclining] = useState(false);
  const { data, error, mutate, isPending } = useMutation({
    mutationFn: (body: object) => post<SeenQuote>(`/quote-links/${token}`, body),
  });
  const quote = data ?? opened;
  const money = (amount: string) => moneyText({ amount, currency: quote.currency });
  const signed = name.trim();
  return (
    <main className="confirm-page">
      <header>
        <p className="quiet">{quote.company}</p>
        <h1>{t('quotes.paper')}</h1>
        <p className="quiet">
          {quote.number} · {quote.date}
        </p>
      </header>
      <dl>
        {(
          [
            ['to', quote.customer],
            ['by', quote.seller],
            ['valid', quote.validUntil],
          ] as const
        ).map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{t(`quotes.paper.${label}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <ol>
        {quote.lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change while they stand
          <li key={at}>
            <div>
              <b>{line.name}</b>
              <b>{money(line.gross)}</b>
            </div>
            <p className="quiet">{detailOf(line, money, say)}</p>
            {line.parts.length > 0 && (
              <ul className="confirm-parts">
                {line.parts.map((part, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change while they stand
                  <li key={place}>
                    {[part.name, part.specification].filter(Boolean).join(' ')}{' '}
                    {`${Number(part.quantity)}${part.unit ? ` ${part.unit}` : ''}`}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
      <div className="confirm-total">
        <span className="quiet">{t('documents.net', { amount: money(quote.net) })}</span>
        <span className="quiet">{t('documents.tax', { amount: money(quote.taxAmount) })}</span>
        <b>{t('documents.total', { amount: money(quote.total) })}</b>
        {quote.currency === 'CNY' && currentLanguage() === 'zh' && <span>{capitalAmount(quote.total)}</span>}
      </div>
      {quote.terms && <p className="confirm-terms">{quote.terms}</p>}
      {quote.status === 'sent' ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            mutate(
              declining
                ? { answer: 'declined', name: signed, reason: reason.trim() }
                : { answer: 'confirmed', name: signed },
            );
          }}
        >
          <label htmlFor="confirm-name">{t('quotes.yourName')}</label>
          <Input
            id="confirm-name"
            size="large"
            maxLength={100}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          {declining && (
            <>
              <label htmlFor="confirm-reason">{t('quotes.yourReason')}</label>
              <Input.TextArea
                id="confirm-reason"
                rows={3}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </>
          )}
          {error && (
            <p className="form-error" role="alert">
              {messageOf(error)}
            </p>
          )}
          <Button
            type="primary"
            htmlType="submit"
            size="large"
            block
            danger={declining}
            loading={isPending}
            disabled={!signed || (declining && !reason.trim())}
          >
            {t(declining ? 'quotes.sendDecline' : 'quotes.sendConfirm')}
          </Button>
          <Button size="large" block type="text" onClick={() => setDeclining(!declining)}>
            {t(declining ? 'quotes.back' : 'quotes.wontTake')}
          </Button>
          <p className="quiet">{t('quotes.recorded')}</p>
        </form>
      ) : (
        <p className={`confirm-answer ${quote.status}`} role="status">
          {t(`quotes.answer.${quote.status}`, {
            who: quote.answeredBy ?? '',
            at: quote.answeredAt ? instantTextIn(quote.timeZone, quote.answeredAt) : '',
          })}
        </p>
      )}
    </main>
  );
}

function detailOf(line: SeenLine, money: (amount: string) => string, say: i18n): string {
  const percent = new Exact(line.discount ?? 0);
  // In Chinese a discount is what is left in tenths, in English what goes off.
  const off = say.language.startsWith('zh') ? new Exact(100).minus(percent).dividedBy(10) : percent;
  const discount = percent.gt(0) ? say.t('quotes.paper.off', { off: off.toFixed() }) : null;
  const count = `${Number(line.quantity)}${line.unit ? ` ${line.unit}` : ''} × ${money(line.price)}`;
  const rate = line.taxRate && `${new Exact(line.taxRate).times(100).toFixed()}%`;
  const tax = rate ? say.t('quotes.paper.taxRate', { rate }) : null;
  return [line.specification, count, discount, tax, line.remark].filter(Boolean).join(' · ');
}
