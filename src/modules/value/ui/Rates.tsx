import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { linksQuery } from '../../../web/list/useNames.ts';
import type { CostRules } from '../rules/definition.ts';
import { Amount } from './Amount.tsx';

type Rate = CostRules['departments'][number];

interface Props {
  rates: Rate[];
  onChange(rates: Rate[]): void;
}

/** Departments whose hour costs otherwise. */
export function Rates({ rates, onChange }: Props) {
  const { t } = useTranslation();
  const { data: links } = useQuery(
    linksQuery(
      useMeta().entity('department')?.plural,
      rates.flatMap(({ department }) => department || []),
    ),
  );
  const change = (at: number, part: Partial<Rate>) =>
    onChange(rates.map((rate, index) => (index === at ? { ...rate, ...part } : rate)));
  const linkOf = (id: string): Link[] =>
    id ? [links?.find((link) => link.id === id) ?? { id, title: '…' }] : [];
  return (
    <>
      <h3>{t('worth.rules.departments')}</h3>
      <p className="quiet">{t('worth.rules.departmentsText')}</p>
      {rates.map(({ department, hourly }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is what stands at its place
        <div className="rate" key={at}>
          <ReferencePicker
            to="department"
            label={t('worth.rules.department')}
            noCreate
            value={linkOf(department)}
            onChange={([link]) => change(at, { department: link?.id ?? '' })}
          />
          <Amount
            id={`rate-${at}`}
            label={t('worth.rules.hourly')}
            bare
            value={hourly}
            onChange={(next) => change(at, { hourly: next })}
          />
          <button
            type="button"
            className="link"
            onClick={() => onChange(rates.filter((_, index) => index !== at))}
          >
            {t('worth.rules.remove')}
          </button>
        </div>
      ))}
      <button
        type="button"
        className="link"
        onClick={() => onChange([...rates, { department: '', hourly: '60' }])}
      >
        {t('worth.rules.addDepartment')}
      </button>
    </>
  );
}
