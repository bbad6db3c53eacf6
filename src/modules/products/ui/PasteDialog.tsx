import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf } from '../../../web/api/client.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import type { Sheet } from '../book/sheet.shared.ts';
import { saveSheet } from './api.ts';
import { pastedLines } from './draft.ts';

/** Takes lines copied from a spreadsheet: prices there are already are changed, others added. */
export function PasteDialog({ sheet, onClose }: { sheet: Sheet; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const lines = pastedLines(text);
  const wrong = lines.filter((line) => line.wrong);
  const save = async () => {
    const { created, changed } = await saveSheet(
      sheet.id,
      lines.map(({ change }) => change),
    );
    onClose();
    toast(t('prices.pasted', { created, changed }));
  };
  return (
    <FormDialog
      width={560}
      title={t('prices.paste')}
      ready={lines.length > 0 && wrong.length === 0}
      save={save}
      textOf={(error) => {
        const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
        const told = errors.slice(0, 8).map(({ path, message }) => {
          const line = lines[Number(path.split('.')[1])];
          return t('prices.rowProblem', { name: line?.find ?? '', message });
        });
        return told.join(' ') || messageOf(error);
      }}
      onClose={onClose}
    >
      <p className="quiet">{t('prices.pasteHow')}</p>
      <Input.TextArea
        autoFocus
        aria-label={t('prices.paste')}
        className="price-paste"
        rows={10}
        value={text}
        placeholder={'T1-100\t1280.00\nT1-100\t1180.00\t10\t1050.00'}
        onChange={(event) => setText(event.target.value)}
      />
      {lines.length > 0 && (
        <p className={wrong.length ? 'form-error' : 'quiet'} role="status">
          {wrong.length
            ? t('prices.pasteWrong', {
                names: wrong
                  .slice(0, 3)
                  .map(({ find }) => find)
                  .join('、'),
              })
            : t('prices.pasteCount', { count: lines.length })}
        </p>
      )}
    </FormDialog>
  );
}
