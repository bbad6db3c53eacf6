import { may, useMeta } from '../../../web/api/meta.tsx';
import type { Link as Reference } from '../../../web/api/types.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { FollowUp } from './FollowUp.tsx';

/** The form of a follow-up on the page of a customer, a person or a lead. */
export function FollowUpForm({ entity, record }: SlotProps) {
  const activity = useMeta().entity('activity');
  if (!activity || !may(activity, 'create')) return null;
  const isPerson = entity.name === 'contact';
  const customer =
    entity.name === 'customer'
      ? { id: record.id, title: record.title }
      : ((record.customer as Reference | null | undefined) ?? null);
  return (
    <FollowUp
      activity={activity}
      form={record.id}
      given={{ customer }}
      person={isPerson ? record.id : undefined}
      lead={entity.name === 'lead' ? record.id : undefined}
    />
  );
}
