import { Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What browsers that can read barcodes offer; TypeScript does not know it yet. */
interface Detector {
  detect(video: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new () => Detector;

/** So often the picture is looked at. */
const LOOK_MS = 250;
/** A code that stays in the picture is one scan; held again after so long it is another. */
const AGAIN_MS = 2000;

interface Props {
  said: string | null;
  onCode(code: string): void;
  onClose(): void;
}

/** The camera as a scanner, one code after the other until it is closed. */
export function Camera({ said, onCode, onClose }: Props) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(onCode);
  tell.current = onCode;
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let closed = false;
    let last = { code: '', at: 0 };
    const detector = new (window as unknown as { BarcodeDetector: DetectorClass }).BarcodeDetector();
    const look = async () => {
      const picture = video.current;
      if (!picture || picture.readyState < picture.HAVE_CURRENT_DATA) return;
      const [found] = await detector.detect(picture).catch(() => []);
      if (!found || closed) return;
      const at = performance.now();
      const same = found.rawValue === last.code && at - last.at < AGAIN_MS;
      last = { code: found.rawValue, at };
      if (!same) tell.current(found.rawValue);
    };
    const timer = setInterval(() => void look(), LOOK_MS);
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then((opened) => {
        stream = opened;
        if (closed) for (const track of opened.getTracks()) track.stop();
        else if (video.current) video.current.srcObject = opened;
      })
      .catch(() => setRefused(true));
    return () => {
      closed = true;
      clearInterval(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);
  return (
    <Modal open footer={null} title={t('documents.camera')} onCancel={onClose}>
      <div className="scan-camera">
        {refused ? (
          <p role="alert">{t('documents.cameraRefused')}</p>
        ) : (
          <video ref={video} autoPlay playsInline muted />
        )}
        <p className="quiet" role="status">
          {said ?? t('documents.cameraHint')}
        </p>
      </div>
    </Modal>
  );
}
