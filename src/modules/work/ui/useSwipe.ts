import { type TouchEvent, useRef, useState } from 'react';

const ENOUGH_PX = 96;
const FARTHEST_PX = 140;

/** A swipe to the left; scrolling up and down stays what it is. */
export function useSwipe(onSwipe: () => void, active: boolean) {
  const start = useRef<{ x: number; y: number } | null>(null);
  const [offset, setOffset] = useState(0);
  const end = () => {
    if (offset <= -ENOUGH_PX) onSwipe();
    start.current = null;
    setOffset(0);
  };
  const handlers = {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches[0];
      start.current = touch ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchMove: ({ touches }: TouchEvent) => {
      const touch = touches[0];
      if (!start.current || !touch) return;
      const [x, y] = [touch.clientX - start.current.x, touch.clientY - start.current.y];
      if (offset === 0 && Math.abs(y) > Math.abs(x)) start.current = null;
      else setOffset(Math.max(-FARTHEST_PX, Math.min(0, x)));
    },
    onTouchEnd: end,
    onTouchCancel: () => {
      start.current = null;
      setOffset(0);
    },
  };
  return {
    offset,
    handlers: active ? handlers : {},
    style: offset ? { transform: `translateX(${offset}px)` } : undefined,
  };
}
