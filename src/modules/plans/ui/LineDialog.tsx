import { Modal, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { FormError } from '../../../web/shell/FormError.tsx';
import { AREAS } from '../plan/cut.shared.ts';
import { type EditLine, keyOf } from './lines.ts';
import type { CutNames } from './names.ts';

interface Props {
  line: EditLine | null;
  /** What other lines are for already. */
  taken: ReadonlySet<string>;
  onDone(cut: CutNames): void;
  onRemove: (() => void) | null;
  onClose(): void;
}

const NOTHING: CutNames = { product: null, category: null, area: null, channel: null, partner: null };

/** What a line is for: a product or category, a region, a channel or one partner; what is left open is all. */
export function LineDialog({ line, taken, onDone, onRemove, onClose }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const [cut, setCut] = useState<CutNames>(line ?? NOTHING);
  const { product, category, area, channel, partner } = cut;
  const put = (part: Partial<CutNames>) => setCut({ ...cut, ...part });
  const twice = taken.has(keyOf(cut));
  const channels = meta.entity('salesPlanLine');
  const options = (channels && fieldOf(channels, 'channel')?.options) ?? [];
  const picker = (to: string, value: Link | null, label: string, set: (link: Link | null) => void) =>
    meta.entity(to) && (
      <Field label={label}>
        {(id) => (
          <ReferencePicker
            id={id}
            to={to}
            value={value ? [value] : []}
            placeholder={t('planning.any')}
            onChange={([link]) => set(link ?? null)}
            noCreate
          />
        )}
      </Field>
    );
  return (
    <Modal
      open
      width={460}
      title={t(line ? 'planning.changeLine' : 'planning.add')}
      okText={t('planning.ok')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: twice }}
      onOk={() => {
        onDone({ product, category, area, channel, partner });
        onClose();
      }}
      onCancel={onClose}
    >
      <FormError message={twice ? t('planning.twice') : null} />
      {picker('product', product, t('planning.product'), (link) =>
        put({ product: link, ...(link ? { category: null } : {}) }),
      )}
      {picker('productCategory', category, t('planning.category'), (link) =>
        put({ category: link, ...(link ? { product: null } : {}) }),
      )}
      <Field label={t('planning.area')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            showSearch
            placeholder={t('planning.any')}
            value={area}
            onChange={(next) => put({ area: next ?? null })}
            options={Object.entries(AREAS).map(([name, provinces]) => ({
              label: name,
              options: [name, ...provinces].map((value) => ({
                value,
                label: value === name ? t('planning.wholeArea', { area: name }) : value,
              })),
            }))}
          />
        )}
      </Field>
      <Field label={t('planning.channel')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            placeholder={t('planning.any')}
            value={channel}
            disabled={partner !== null}
            onChange={(next) => put({ channel: next ?? null })}
            options={options.map(({ value, label }) => ({ value, label }))}
          />
        )}
      </Field>
      {picker('partner', partner, t('planning.partner'), (link) =>
        put({ partner: link, ...(link ? { channel: null } : {}) }),
      )}
      {onRemove && (
        <button
          type="button"
          className="link danger"
          onClick={() => {
            onRemove();
            onClose();
          }}
        >
          {t('planning.remove')}
        </button>
      )}
    </Modal>
  );
}

function Field({ label, children }: { label: string; children(id: string): ReactNode }) {
  const id = useId();
  return (
    <div className="plan-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}
