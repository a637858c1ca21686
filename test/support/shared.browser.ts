declare const __SHARED_DATA__: boolean;

/** True where the real DICOM data that is not part of the project can be read (the same as `shared` of shared.ts). */
export const shared = __SHARED_DATA__;

/** The bytes of a shared file in a browser test, such as `data/ct-head-141/1.dcm`. @throws Error when it is not there. */
export async function fetchShared(path: string): Promise<ArrayBuffer> {
  const answer = await fetch(`/__shared/${path.split('/').map(encodeURIComponent).join('/')}`);
  if (!answer.ok) throw new Error(`no shared file ${path}`);
  return answer.arrayBuffer();
}
