import { Modal } from 'antd';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

interface Question {
  title: string;
  body?: ReactNode;
  /** The verb on the button: what will happen. */
  action: string;
  danger?: boolean;
}

let question: (Question & { answer: (yes: boolean) => void }) | null = null;
const listeners = new Set<() => void>();
const set = (next: typeof question) => {
  question = next;
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Asks once, naming the consequence. Resolves to true when the person goes on. */
export function ask(asked: Question): Promise<boolean> {
  return new Promise((resolve) => {
    set({
      ...asked,
      answer: (yes) => {
        set(null);
        resolve(yes);
      },
    });
  });
}

export function AskDialog() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(subscribe, () => question);
  return (
    <Modal
      open={!!shown}
      title={shown?.title}
      okText={shown?.action}
      cancelText={t('cancel')}
      okButtonProps={{ danger: !!shown?.danger }}
      onOk={() => shown?.answer(true)}
      onCancel={() => shown?.answer(false)}
      width={420}
      destroyOnHidden
    >
      {shown?.body}
    </Modal>
  );
}
