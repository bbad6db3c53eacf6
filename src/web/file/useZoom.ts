import { type PointerEvent, useEffect, useRef, useState } from 'react';

const MOST = 6;
const STEP = 1.5;
const SWIPE_PX = 60;
/** Looked at whole; the middle stands in the middle. */
const WHOLE = { scale: 1, x: 0, y: 0 };

interface Point {
  x: number;
  y: number;
}

const between = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
const distance = ([a, b]: Point[]) => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0);

/**
 * Zoom and place of a picture under fingers, mouse and wheel. A picture seen whole is swiped: sideways to its
 * neighbours, down to put it away.
 */
export function useZoom(key: string, swiped: { sideways: (step: 1 | -1) => void; down: () => void }) {
  const [view, setView] = useState(WHOLE);
  const [dragging, setDragging] = useState(false);
  const fingers = useRef(new Map<number, Point>());
  const start = useRef<Point | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture begins anew
  useEffect(() => setView(WHOLE), [key]);

  const zoom = (factor: number) =>
    setView((held) => {
      const scale = between(held.scale * factor, 1, MOST);
      if (scale === 1) return WHOLE;
      return { scale, x: (held.x * scale) / held.scale, y: (held.y * scale) / held.scale };
    });

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    start.current = fingers.current.size === 1 ? { x: event.clientX, y: event.clientY } : null;
    setDragging(true);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const apart = distance([...fingers.current.values()]);
    const now = { x: event.clientX, y: event.clientY };
    fingers.current.set(event.pointerId, now);
    if (fingers.current.size === 2 && apart > 0) return zoom(distance([...fingers.current.values()]) / apart);
    setView((held) => ({ ...held, x: held.x + now.x - before.x, y: held.y + now.y - before.y }));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (!fingers.current.delete(event.pointerId)) return;
    const from = start.current;
    start.current = null;
    if (fingers.current.size > 0) return;
    setDragging(false);
    if (view.scale > 1) return;
    setView(WHOLE);
    if (!from) return;
    const moved = { x: event.clientX - from.x, y: event.clientY - from.y };
    if (Math.abs(moved.x) > SWIPE_PX && Math.abs(moved.x) > Math.abs(moved.y))
      swiped.sideways(moved.x < 0 ? 1 : -1);
    else if (moved.y > SWIPE_PX * 1.5) swiped.down();
  };
  return {
    view,
    dragging,
    nearer: () => zoom(STEP),
    farther: () => zoom(1 / STEP),
    whole: () => setView(WHOLE),
    toggle: () => (view.scale > 1 ? setView(WHOLE) : zoom(STEP * STEP)),
    wheel: (deltaY: number) => zoom(Math.exp(-deltaY / 400)),
    pointers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
  };
}
