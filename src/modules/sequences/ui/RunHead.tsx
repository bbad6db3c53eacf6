import type { SlotProps } from '../../../web/slots.ts';
import { RunButtons } from './RunButtons.tsx';
import './sequences.css';

/** What can be done about a run, on its own page. */
export function RunHead({ record }: SlotProps) {
  return <RunButtons run={record} />;
}
