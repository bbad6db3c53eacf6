import { fileChunks } from './bytes.ts';

/** `badLine` is 0 when every byte fits the structure of GB18030; `cut`: the file ends inside a character. */
export type Gb18030Scan = {
  badLine: number;
  cut: boolean;
  /** Two-byte characters, and those among them that everyday Chinese uses (GB 2312 and its punctuation). */
  pairs: number;
  common: number;
  fourByte: number;
  control: number;
  total: number;
};

function isCommon(lead: number, trail: number): boolean {
  if (trail < 0xa1) return false;
  return (lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa3);
}

/** Walks the whole file by the structure of GB18030 (1, 2 or 4 bytes a character). */
export async function scanGb18030(path: string): Promise<Gb18030Scan> {
  const scan: Gb18030Scan = {
    badLine: 0,
    cut: false,
    pairs: 0,
    common: 0,
    fourByte: 0,
    control: 0,
    total: 0,
  };
  let line = 1;
  let lead = 0;
  let step = 0;
  for await (const chunk of fileChunks(path)) {
    scan.total += chunk.length;
    for (const byte of chunk) {
      if (step === 0) {
        if (byte === 0x0a) line++;
        else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0d) scan.control++;
        else if (byte > 0x80 && byte < 0xff) {
          lead = byte;
          step = 1;
        } else if (byte === 0xff) scan.badLine ||= line;
        continue;
      }
      if (step === 1 && byte >= 0x30 && byte <= 0x39) {
        step = 2;
        continue;
      }
      if (step === 2 && byte > 0x80 && byte < 0xff) {
        step = 3;
        continue;
      }
      if (step === 1 && byte >= 0x40 && byte !== 0x7f && byte < 0xff) {
        scan.pairs++;
        if (isCommon(lead, byte)) scan.common++;
      } else if (step === 3 && byte >= 0x30 && byte <= 0x39) scan.fourByte++;
      else {
        scan.badLine ||= line;
        if (byte === 0x0a) line++;
      }
      step = 0;
    }
  }
  scan.cut = step > 0;
  return scan;
}

/** Most characters are everyday Chinese: tells GB18030 from Big5, Windows-1252 or noise that fits the structure. */
export function looksGb18030(scan: Gb18030Scan): boolean {
  if (scan.control > scan.total / 50) return false;
  return scan.fourByte + scan.common > 0 && scan.common >= (scan.pairs - scan.fourByte) * 0.6;
}
