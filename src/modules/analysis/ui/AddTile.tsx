import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Tile } from '../dashboard/dashboard.shared.ts';
import { useCatalogue } from './api.ts';

/** Which report comes onto the dashboard. */
export function AddTile({ onAdd, onClose }: { onAdd(tile: Omit<Tile, 'id'>): void; onClose(): void }) {
  const { t } = useTranslation();
  const { data } = useCatalogue();
  const items = [
    ...(data?.saved ?? []).map(({ id, name, description }) => ({
      key: id,
      title: name,
      about: description,
      source: { saved: id },
    })),
    ...(data?.shipped ?? []).map(({ name, title, about }) => ({
      key: name,
      title,
      about,
      source: { shipped: name },
    })),
  ];
  return (
    <Modal open footer={null} title={t('analysis.addTile')} onCancel={onClose} width={560}>
      <ul className="report-pick">
        {items.map(({ key, title, about, source }) => (
          <li key={key}>
            <button type="button" onClick={() => onAdd({ source, width: 6, height: 2 })}>
              <b>{title}</b>
              <span className="quiet">{about}</span>
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
