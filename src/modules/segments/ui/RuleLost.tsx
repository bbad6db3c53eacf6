import { useTranslation } from 'react-i18next';
import type { WireRecord } from '../../../web/api/types.ts';
import { useStanding } from './api.ts';

/** Says of a frozen segment that its rule is lost, and of any that it cannot be opened (`whole`), where it would look fine. */
export function RuleLost({ segment, whole = false }: { segment: WireRecord; whole?: boolean }) {
  const { t } = useTranslation();
  const { data } = useStanding(segment);
  const refused = whole && data && data.state !== 'ok' && data.state !== 'filling' ? data.reason : undefined;
  const reason = data?.rule?.reason ?? refused;
  if (!reason) return null;
  return (
    <p className="segment-lost" role="status">
      <span className="tag zhu">{t(data?.rule ? 'segments.ruleLost' : `segments.state.${data?.state}`)}</span>{' '}
      {reason} {data?.rule && t('segments.ruleLostText')}
    </p>
  );
}
