import { Button, Modal } from 'antd';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../api/meta.tsx';
import { sameValue, saveEdit } from '../api/save.ts';
import { FieldValue } from '../fields/FieldValue.tsx';
import { partsMeta, rowsText } from '../lines/rows.ts';
import { toastError } from '../shell/toasts.tsx';
import { conflictStore } from './conflict.ts';

/** Someone saved in between: both versions field by field, one choice for each field. */
export function ConflictDialog() {
  const { t } = useTranslation();
  const meta = useMeta();
  const conflict = useSyncExternalStore(conflictStore.subscribe, conflictStore.read);
  const [theirs, setTheirs] = useState<Record<string, boolean>>({});
  if (!conflict) return null;
  const { entity, mine, current, base } = conflict;
  const names = [
    ...new Set([
      ...Object.keys(mine),
      ...entity.fields
        .filter(
          (field) => !field.name.startsWith('updated') && !sameValue(base[field.name], current[field.name]),
        )
        .map((field) => field.name),
    ]),
  ];
  const close = (saved: typeof current | null) => {
    setTheirs({});
    conflict.close(saved);
  };
  const keep = async () => {
    const chosen = Object.fromEntries(Object.entries(mine).filter(([name]) => !theirs[name]));
    if (Object.keys(chosen).length === 0) return close(current);
    try {
      close(await saveEdit(entity, current, chosen, { quiet: true }));
    } catch (error) {
      toastError(error);
    }
  };
  const who = (current.updatedBy as { title?: string } | null)?.title ?? t('conflict.someone');
  return (
    <Modal
      open
      width={680}
      title={t('conflict.title', { who })}
      onCancel={() => close(null)}
      footer={[
        <Button key="theirs" onClick={() => close(current)}>
          {t('conflict.takeTheirs')}
        </Button>,
        <Button key="mine" type="primary" onClick={() => void keep()}>
          {t('conflict.saveChoice')}
        </Button>,
      ]}
    >
      <p className="quiet">{t('conflict.hint')}</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('conflict.field')}</th>
            <th>{t('conflict.mine')}</th>
            <th>{t('conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const part = partsMeta(meta, entity).find((each) => each.name === name);
            const field = fieldOf(entity, name);
            const label = part?.entity.label ?? field?.label;
            if (!label) return null;
            const told = (value: unknown) =>
              part ? rowsText(part, value) : field ? <FieldValue field={field} value={value} /> : null;
            const isMine = name in mine;
            const pick = (side: boolean) => setTheirs({ ...theirs, [name]: side });
            return (
              <tr key={name}>
                <th scope="row">{label}</th>
                <td>
                  {isMine ? (
                    <label className="pick">
                      <input type="radio" checked={!theirs[name]} onChange={() => pick(false)} />
                      {told(mine[name])}
                    </label>
                  ) : (
                    <span className="quiet">{t('conflict.untouched')}</span>
                  )}
                </td>
                <td>
                  <label className="pick">
                    {isMine && <input type="radio" checked={!!theirs[name]} onChange={() => pick(true)} />}
                    {told(current[name])}
                  </label>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Modal>
  );
}
