// What generate-dictionary.mjs reads of dcmjs, which ships no declarations.
declare module 'dcmjs' {
  interface Entry {
    readonly tag?: string;
    readonly vr?: string;
    readonly name?: string;
    readonly version?: string;
  }
  const dcmjs: {
    readonly data: {
      readonly DicomMetaDictionary: {
        readonly nameMap: Readonly<Record<string, Entry | readonly Entry[]>>;
        readonly dictionary: Readonly<Record<string, Entry>>;
      };
    };
  };
  export default dcmjs;
}
