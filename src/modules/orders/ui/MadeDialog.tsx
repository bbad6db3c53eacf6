import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../web/api/client.ts';

/** What was made of a quote before, where the caller may see it. */
export interface Made {
  entity: string;
  id: string;
  number: string;
}

/** What a refusal says was made already; `undefined` for a refusal of another kind. */
export const madeIn = (error: unknown): Made | null | undefined =>
  error instanceof ApiError && /^quote_has_(order|contract)$/.test(error.code)
    ? ((error.problem.made as Made | null | undefined) ?? null)
    : undefined;

interface Props {
  verb: string;
  made: Made | null;
  busy: boolean;
  onOpen(made: Made): void;
  onAgain(): void;
  onClose(): void;
}

/** Asks whether one more is meant where one was made already, and leads to that one. */
export function MadeDialog({ verb, made, busy, onOpen, onAgain, onClose }: Props) {
  const { t } = useTranslation();
  const which = { number: made ? ` ${made.number}` : '' };
  return (
    <Modal
      open
      width={440}
      title={t(`orders.again.${verb}`, which)}
      onCancel={onClose}
      footer={[
        <Button key="again" loading={busy} onClick={onAgain}>
          {t('orders.again.do')}
        </Button>,
        <Button key="first" type="primary" onClick={() => (made ? onOpen(made) : onClose())}>
          {made ? t('orders.again.open', which) : t('orders.again.not')}
        </Button>,
      ]}
    >
      <p className="muted">{t('orders.again.about')}</p>
    </Modal>
  );
}
