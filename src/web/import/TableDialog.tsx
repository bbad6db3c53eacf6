import { Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { download } from '../api/download.ts';
import { FormError } from '../shell/FormError.tsx';
import { toastError } from '../shell/toasts.tsx';
import { useSaving } from '../shell/useSaving.ts';
import '../styles/import.css';

/** What a table was read as: what can be taken over, and rows that cannot, each with why. */
export interface ReadTable<L> {
  lines: L[];
  refused: { line: number; reason: string }[];
}

interface Props<L> {
  title: string;
  /** Which columns are understood. */
  text: string;
  /** Where the table is read, and where one to fill in comes from. */
  path: string;
  template: { path: string; query?: Record<string, unknown> };
  onDone(lines: L[]): void;
  onClose(): void;
  /** Beneath what was read: how it is to be taken over. */
  children?: ReactNode;
}

/** Reads a table, tells row by row what cannot be taken over, and hands on the rest; nothing is stored. */
export function TableDialog<L>({ title, text, path, template, onDone, onClose, children }: Props<L>) {
  const { t } = useTranslation();
  const [read, setRead] = useState<ReadTable<L> | null>(null);
  const { busy, message, run } = useSaving();
  const take = (file: File | undefined) => {
    if (!file) return;
    setRead(null);
    void run(async () => {
      const body = new FormData();
      body.append('file', file);
      setRead(await request<ReadTable<L>>('POST', path, { body }));
    });
  };
  return (
    <Modal
      open
      width={560}
      title={title}
      okText={t('table.takeOver', { count: read?.lines.length ?? 0 })}
      cancelText={t('cancel')}
      confirmLoading={busy}
      okButtonProps={{ disabled: !read || read.lines.length === 0 }}
      onOk={() => {
        if (read) onDone(read.lines);
        onClose();
      }}
      onCancel={onClose}
    >
      <FormError message={message} />
      <p className="quiet">
        {text} {t('table.nothingStored')}{' '}
        <button
          type="button"
          className="link"
          onClick={() => void download(template.path, template.query).catch(toastError)}
        >
          {t('table.template')}
        </button>
      </p>
      <input
        type="file"
        accept=".xlsx,.csv"
        aria-label={t('table.file')}
        onChange={(event) => take(event.target.files?.[0])}
      />
      {read && (
        <>
          <p role="status">{t('table.read', { count: read.lines.length, refused: read.refused.length })}</p>
          {read.refused.length > 0 && (
            <ul className="table-refused">
              {read.refused.map(({ line, reason }) => (
                <li key={line}>
                  <b>{t('table.rowAt', { line })}</b> {reason}
                </li>
              ))}
            </ul>
          )}
          {children}
        </>
      )}
    </Modal>
  );
}
