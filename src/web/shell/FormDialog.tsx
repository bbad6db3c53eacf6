import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from './FormError.tsx';
import { useSaving } from './useSaving.ts';

interface Props {
  title: string;
  width: number;
  /** What the button says; "Save" unless told. */
  ok?: string;
  cancel?: string;
  ready: boolean;
  save: () => Promise<unknown>;
  /** The words of a refusal; the server's own unless told. */
  textOf?: (error: unknown) => string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog in which something is filled in and sent; refusals of the server stand at its head. */
export function FormDialog({ title, width, ok, cancel, ready, save, textOf, onClose, children }: Props) {
  const { t } = useTranslation();
  const { busy, message, run } = useSaving(textOf);
  return (
    <Modal
      open
      width={width}
      title={title}
      okText={ok ?? t('save')}
      cancelText={cancel ?? t('cancel')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
      onOk={() => void run(save)}
      onCancel={onClose}
    >
      <FormError message={message} />
      {children}
    </Modal>
  );
}
