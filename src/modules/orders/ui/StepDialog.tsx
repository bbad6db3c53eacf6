import { Input, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireRecord } from '../../../web/api/types.ts';
import { type GoodsLine, goodsOf } from './goods.ts';
import type { Step } from './steps.ts';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

interface Props {
  step: Step;
  record: WireRecord;
  busy: boolean;
  onClose(): void;
  onTake(input: object): void;
}

/** Asks what a step wants to know: why, when, by whom, or which goods. */
export function StepDialog({ step, record, busy, onClose, onTake }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState<Record<string, string>>({
    carrier: String(record.carrier ?? ''),
    trackingNumber: String(record.trackingNumber ?? ''),
  });
  const [on, setOn] = useState<string | null>(null);
  const goods = step.asks === 'delivered' || step.asks === 'returned';
  const [lines, setLines] = useState<GoodsLine[]>(() => (goods ? goodsOf(step.verb, record) : []));
  const reason = (text.reason ?? '').trim();
  const wanted = lines.filter(({ quantity }) => Number(quantity) > 0);
  const input = (): object => {
    if (step.asks === 'reason') return { reason };
    if (goods) return { lines: wanted.map(({ id, quantity }) => ({ orderLine: id, quantity })) };
    const day = on ? { on } : {};
    if (step.asks === 'day') return day;
    const said = Object.entries(text).filter(([, value]) => value.trim());
    return { ...day, ...Object.fromEntries(said) };
  };
  const ready = goods ? wanted.length > 0 : step.asks !== 'reason' || reason !== '';
  const write = (name: string, value: string) => setText((old) => ({ ...old, [name]: value }));
  return (
    <Modal
      open
      width={goods ? 560 : 440}
      title={t(`orders.do.${step.verb}`)}
      okText={t(`orders.do.${step.verb}`)}
      cancelText={t('orders.back')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => onTake(input())}
    >
      <div className="order-form">
        {step.asks === 'reason' && (
          <label>
            <span>{t('orders.reason')}</span>
            <Input.TextArea
              aria-label={t('orders.reason')}
              value={text.reason ?? ''}
              maxLength={2000}
              autoSize={{ minRows: 2 }}
              onChange={(event) => write('reason', event.target.value)}
            />
          </label>
        )}
        {(step.asks === 'day' || step.asks === 'shipment') && (
          <label>
            <span>{t('orders.day')}</span>
            <Suspense fallback={null}>
              <DateInput label={t('orders.day')} withTime={false} value={on} onChange={setOn} />
            </Suspense>
          </label>
        )}
        {step.asks === 'shipment' &&
          ['carrier', 'trackingNumber'].map((name) => (
            <label key={name}>
              <span>{t(`orders.${name}`)}</span>
              <Input
                aria-label={t(`orders.${name}`)}
                value={text[name] ?? ''}
                maxLength={60}
                onChange={(event) => write(name, event.target.value)}
              />
            </label>
          ))}
        {goods &&
          lines.map((line, at) => (
            <label key={line.id} className="goods">
              <span>
                {line.name} <small className="quiet">{t('orders.left', { left: line.left })}</small>
              </span>
              <Input
                aria-label={t('orders.quantityOf', { name: line.name })}
                inputMode="decimal"
                value={line.quantity}
                onChange={(event) =>
                  setLines((old) => old.with(at, { ...line, quantity: event.target.value.trim() }))
                }
              />
            </label>
          ))}
        {goods && lines.length === 0 && <p className="quiet">{t('orders.nothingLeft')}</p>}
      </div>
    </Modal>
  );
}
