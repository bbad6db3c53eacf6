import { type DragEvent, useState } from 'react';

/** Lets a part of the page take what is dragged onto it; `over` while it hangs there. */
export function useDropTarget(take: (event: DragEvent) => void, enabled = true) {
  const [over, setOver] = useState(false);
  const target = {
    onDragOver(event: DragEvent) {
      if (!enabled) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setOver(false);
      if (enabled) take(event);
    },
  };
  return { over, target };
}
