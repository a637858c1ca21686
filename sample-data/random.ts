/** A stream of random numbers, the same on every engine: integer arithmetic only. */
export interface Random {
  /** 0 to 2^32 - 1. */
  readonly integer: () => number;
  /** [0, 1). */
  readonly uniform: () => number;
  /** Mean 0, standard deviation 1, within +-6: a sum of twelve uniform numbers, so no engine's logarithm is in it. */
  readonly normal: () => number;
}

/** `stream` keeps the numbers of one use (noise, UIDs) apart from those of another with the same seed. */
export function random(seed: number, stream: string): Random {
  // sfc32 (PractRand), its state from the seed and the FNV-1a hash of the stream's name.
  let hash = 0x811c9dc5;
  for (let i = 0; i < stream.length; i++) hash = Math.imul(hash ^ stream.charCodeAt(i), 0x01000193);
  let a = Math.trunc(seed) | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = hash | 0;
  let counter = 1;
  function integer(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
  for (let i = 0; i < 16; i++) integer();
  const uniform = (): number => integer() / 2 ** 32;
  return {
    integer,
    uniform,
    normal() {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += integer() / 2 ** 32;
      return sum;
    },
  };
}

/** A DICOM UID of the form 2.25.<128 bit number>. */
export function randomUid({ integer }: Random): string {
  let number = 0n;
  for (let i = 0; i < 4; i++) number = (number << 32n) | BigInt(integer());
  // Version and variant bits as of a random UUID, which 2.25 asks for.
  number = (number & ~(0xfn << 76n)) | (0x4n << 76n);
  number = (number & ~(0x3n << 62n)) | (0x2n << 62n);
  return `2.25.${number}`;
}
