/** A heap of cells by key, smallest first; of equal keys the smaller cell. */
export interface CellHeap {
  push(key: number, cell: number): void;
  pop(): { readonly key: number; readonly cell: number } | undefined;
}

export function cellHeap(): CellHeap {
  let keys = new Float64Array(1 << 12);
  let cells = new Int32Array(1 << 12);
  let count = 0;
  const before = (keyA: number, cellA: number, at: number): boolean => {
    const keyB = keys[at] ?? 0;
    return keyA < keyB || (keyA === keyB && cellA < (cells[at] ?? 0));
  };
  const put = (at: number, key: number, cell: number): void => {
    keys[at] = key;
    cells[at] = cell;
  };
  return {
    push(key, cell) {
      if (count === keys.length) {
        const [moreKeys, moreCells] = [new Float64Array(2 * count), new Int32Array(2 * count)];
        moreKeys.set(keys);
        moreCells.set(cells);
        [keys, cells] = [moreKeys, moreCells];
      }
      let at = count++;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!before(key, cell, parent)) break;
        put(at, keys[parent] ?? 0, cells[parent] ?? 0);
        at = parent;
      }
      put(at, key, cell);
    },
    pop() {
      if (count === 0) return undefined;
      const top = { key: keys[0] ?? 0, cell: cells[0] ?? 0 };
      count -= 1;
      const [key, cell] = [keys[count] ?? 0, cells[count] ?? 0];
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= count) break;
        if (child + 1 < count && before(keys[child + 1] ?? 0, cells[child + 1] ?? 0, child)) child += 1;
        if (before(key, cell, child)) break;
        put(at, keys[child] ?? 0, cells[child] ?? 0);
        at = child;
      }
      put(at, key, cell);
      return top;
    },
  };
}
