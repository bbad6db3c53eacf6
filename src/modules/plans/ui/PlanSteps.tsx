import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { Steps } from '../../../web/file/Steps.tsx';
import type { Step } from '../../../web/file/steps.ts';
import type { SlotProps } from '../../../web/slots.ts';

const NEXT: Readonly<Record<string, string>> = { draft: 'submit', approved: 'revise' };

/** On the file of a plan: the way to its grid, and what comes next with it. */
export function PlanSteps(props: SlotProps) {
  const { t } = useTranslation();
  const { id, status, can } = props.record;
  const open = status === 'draft' && can.update;
  return (
    <>
      <Link className="button primary" to={`/plans/${id}` as string}>
        {t(open ? 'planning.write' : 'planning.look')}
      </Link>
      <NextStep {...props} />
    </>
  );
}

/** Submitting a draft, or beginning a revision of what is in force. */
export function NextStep({ entity, record, waits }: SlotProps & { waits?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const command = NEXT[String(record.status)];
  const known = useMeta()
    .entity(entity.name)
    ?.commands?.some(({ name }) => name === command);
  if (!command || !known || !record.can.update || waits) return null;
  const step: Step = {
    key: command,
    label: t(`planning.${command}`),
    take: async () => {
      const { id } = await post<{ id?: string }>(`/${entity.plural}/${record.id}/${command}`);
      refreshEntity(entity.plural);
      if (id) void navigate({ to: `/plans/${id}` as string });
    },
  };
  return <Steps steps={[step]} />;
}
