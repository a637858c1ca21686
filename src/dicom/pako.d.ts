declare module 'pako' {
  export class Inflate {
    constructor(options?: { raw?: boolean; chunkSize?: number });
    readonly err: number;
    readonly msg: string;
    readonly ended: boolean;
    onData: (chunk: Uint8Array) => void;
    /** @returns false when the data are damaged or already at their end. */
    push(data: Uint8Array, last: boolean): boolean;
  }
}
