/**
 * Which line of a file first bore a key: 64-bit hashes in flat arrays, 12 bytes a place, so that a file of a million rows
 * costs tens of megabytes where a Map of texts would cost hundreds.
 */
export class KeyTable {
  #keys = new BigInt64Array(1 << 12);
  #lines = new Uint32Array(1 << 12);
  #size = 0;

  /** The line first entered under the key; undefined when there is none. */
  get(key: string): number | undefined {
    const line = this.#lines[this.#place(BigInt(key))];
    return line || undefined;
  }

  /** Enters a line (1 or more); an earlier one stays. */
  add(key: string, line: number): void {
    const hash = BigInt(key);
    const at = this.#place(hash);
    if (this.#lines[at]) return;
    this.#keys[at] = hash;
    this.#lines[at] = line;
    this.#size += 1;
    if (this.#size * 2 > this.#lines.length) this.#grow();
  }

  #place(hash: bigint): number {
    const mask = this.#lines.length - 1;
    let at = Number(hash & 0xffffffffn) & mask;
    while (this.#lines[at] && this.#keys[at] !== hash) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const [keys, lines] = [this.#keys, this.#lines];
    this.#keys = new BigInt64Array(keys.length * 2);
    this.#lines = new Uint32Array(lines.length * 2);
    for (let from = 0; from < lines.length; from += 1) {
      if (!lines[from]) continue;
      const at = this.#place(keys[from]!);
      this.#keys[at] = keys[from]!;
      this.#lines[at] = lines[from]!;
    }
  }
}
