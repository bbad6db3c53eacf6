import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortList } from '../../../web/api/records.ts';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import type { Factor, PlanDefinition } from '../plan/definition.shared.ts';

interface Props {
  rules: PlanDefinition;
  locked: boolean;
  onChange(rules: PlanDefinition): void;
}

/** Records by their ids, as they are called. */
function useNames(plural: string, ids: readonly string[]): Link[] {
  const wish = { filter: { field: 'id', op: 'in' as const, value: ids.toSorted() } };
  return useShortList(ids.length ? plural : undefined, wish).data?.items ?? [];
}

/** What counts more or less than once. */
export function Factors({ rules, locked, onChange }: Props) {
  const { t } = useTranslation();
  const [picked, setPicked] = useState<readonly Link[]>([]);
  const factors = rules.factors ?? [];
  const stored = [
    ...useNames(
      'products',
      factors.flatMap(({ product }) => product ?? []),
    ),
    ...useNames(
      'product-categories',
      factors.flatMap(({ category }) => category ?? []),
    ),
  ];
  const names = new Map([...stored, ...picked].map((link) => [link.id, link]));
  const put = (next: Factor[]) => onChange({ ...rules, factors: next });
  const add = (kind: 'product' | 'category', [link]: Link[]) => {
    if (!link) return;
    setPicked([...picked, link]);
    put([
      ...factors,
      kind === 'product' ? { product: link.id, factor: '1' } : { category: link.id, factor: '1' },
    ]);
  };
  const fresh = rules.newCustomer;
  return (
    <div className="commission-field">
      <span className="field-label">{t('commission.factors')}</span>
      <ul className="commission-tiers">
        {factors.map((each, at) => {
          const id = each.product ?? each.category ?? '';
          return (
            <li key={id}>
              <ReferencePicker
                label={t(each.product ? 'commission.product' : 'commission.category')}
                to={each.product ? 'product' : 'productCategory'}
                noCreate
                disabled
                value={[
                  names.get(id) ?? {
                    id,
                    title: t(each.product ? 'commission.product' : 'commission.category'),
                  },
                ]}
                onChange={() => undefined}
              />
              <Input
                aria-label={t('commission.factor')}
                inputMode="decimal"
                prefix="×"
                disabled={locked}
                value={each.factor}
                onChange={({ target }) => put(factors.with(at, { ...each, factor: target.value.trim() }))}
              />
              {!locked && (
                <Button
                  type="text"
                  aria-label={t('commission.factorDrop')}
                  onClick={() => put(factors.toSpliced(at, 1))}
                >
                  ×
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {!locked && (
        <div className="commission-add">
          <div>
            <span className="quiet">{t('commission.addProduct')}</span>
            <ReferencePicker
              label={t('commission.addProduct')}
              to="product"
              noCreate
              value={[]}
              onChange={(links) => add('product', links)}
            />
          </div>
          <div>
            <span className="quiet">{t('commission.addCategory')}</span>
            <ReferencePicker
              label={t('commission.addCategory')}
              to="productCategory"
              noCreate
              value={[]}
              onChange={(links) => add('category', links)}
            />
          </div>
        </div>
      )}
      <div className="commission-new">
        <Input
          aria-label={t('commission.newDays')}
          inputMode="numeric"
          addonBefore={t('commission.newDays')}
          disabled={locked}
          value={fresh?.days ?? ''}
          onChange={({ target }) => {
            const days = Number(target.value.replace(/\D/g, ''));
            const { newCustomer: _, ...rest } = rules;
            onChange(days ? { ...rest, newCustomer: { days, factor: fresh?.factor ?? '1.2' } } : rest);
          }}
        />
        {fresh && (
          <Input
            aria-label={t('commission.newFactor')}
            inputMode="decimal"
            prefix="×"
            disabled={locked}
            value={fresh.factor}
            onChange={({ target }) =>
              onChange({ ...rules, newCustomer: { ...fresh, factor: target.value.trim() } })
            }
          />
        )}
      </div>
    </div>
  );
}
