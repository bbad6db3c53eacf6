import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Link as Reference } from '../../../web/api/types.ts';
import { usePhone } from '../../../web/shell/hooks.ts';
import { QuickCreate } from '../../../web/shell/QuickCreate.tsx';
import type { CreateProps } from '../../../web/slots.ts';
import { FollowUp } from './FollowUp.tsx';
import type { Draft } from './useFollowUp.ts';

/** The form of a follow-up wherever one is written that is not on its customer's page. */
export function FollowDialog({ entity, values, done }: CreateProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const given = givenBy(values);
  return (
    <Modal open width={640} title={t('follow.title')} footer={null} onCancel={() => done(null)}>
      <FollowUp
        activity={entity}
        alone
        form={given.customer?.id ?? 'any'}
        given={given}
        onSaved={(made) => done(made)}
      />
      {phone && (
        <QuickCreate
          without={entity.name}
          onChoose={() => done(null)}
          button={(props) => (
            <button type="button" className="link" {...props}>
              {t('follow.other')}
            </button>
          )}
        />
      )}
    </Modal>
  );
}

/** What is known beforehand, in the form's own words: a name typed elsewhere is the beginning of the text. */
function givenBy(values: Record<string, unknown>): Partial<Draft> {
  const { customer, contacts, kind, subject, content, occurredAt, nextDate } = values;
  const text = content ?? subject;
  const day = (value: unknown) => value as string | null | undefined;
  return {
    ...(customer ? { customer: customer as Reference } : {}),
    ...(Array.isArray(contacts) ? { contacts: (contacts as Reference[]).map(({ id }) => id) } : {}),
    ...(kind ? { kind: String(kind) } : {}),
    ...(text ? { content: String(text) } : {}),
    ...(occurredAt ? { occurredAt: day(occurredAt) ?? null } : {}),
    ...(nextDate ? { nextDate: day(nextDate) ?? null } : {}),
  };
}
