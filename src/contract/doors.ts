import { z } from 'zod';
import { sourceSchema } from './methods.ts';

/** How a page and its door meet. Every method is `POST /api/<method>`, in both doors. */
export const apiPrefix = '/api/';
/** The header that carries the session key in the browser door; the Electron door needs none. */
export const keyHeader = 'x-seldinger-key';
/**
 * Names the page that calls, by the secret it holds journals with (`session` of their methods). When the last of a page's
 * connections has been closed it is taken for gone, as long as it says nothing more.
 */
export const pageHeader = 'x-seldinger-page';
/**
 * In the browser door the launch's secret stands in the fragment of the URL, as `#t=SECRET` (a fragment never leaves the browser).
 * The page trades it once: `POST /session` with the JSON body `{ "token": SECRET }` answers `{ "key" }`;
 * 403 with a HostError where the secret is wrong or was used before (under --serve it may be used again).
 */
export const sessionPath = '/session';
export const fragmentName = 't';
export const sessionRequestSchema = z.object({ token: z.string().min(1).max(200) });
export const sessionAnswerSchema = z.object({ key: z.string() });
/** The query of a method whose body is bytes (`uploadPiece`): the input as JSON under this one name. */
export const inputQuery = 'input';

/** A window opened beside another finds in its fragment, under this name, a JSON list of the sources that one had open. */
export const openFragmentName = 'open';

/** The origin of the page in Electron. */
export const electronScheme = 'seldinger';
export const electronHost = 'app';
export const electronOrigin = 'seldinger://app';

/** Messages of the desktop shell. Everything else goes through the methods. */
export const nativeChannels = {
  grant: 'seldinger:grant',
  pick: 'seldinger:pick',
  saveAs: 'seldinger:save-as',
  saveFile: 'seldinger:save-file',
  painted: 'seldinger:painted',
  open: 'seldinger:open',
  menu: 'seldinger:menu',
  chosen: 'seldinger:chosen',
  secondWindow: 'seldinger:second-window',
} as const;

/** One line of the desktop's menu: an action of the page's table as it stands now. */
export const nativeMenuItemSchema = z.object({
  id: z.string().min(1).max(200),
  title: z.string().min(1).max(200),
  group: z.string().min(1).max(60),
  /** In Electron's spelling ("CmdOrCtrl+Shift+Z", "L"); null: none. */
  accelerator: z.string().min(1).max(60).nullable(),
  enabled: z.boolean(),
  /** null: nothing that is on or off. */
  checked: z.boolean().nullable(),
});
export type NativeMenuItem = z.infer<typeof nativeMenuItemSchema>;

export const nativeInputs = {
  /** Paths that the preload took from dropped or chosen File objects; they never pass through the page. */
  grant: z.object({ paths: z.array(z.string().min(1).max(32_768)).min(1).max(100_000) }),
  pick: z.object({ kind: z.enum(['files', 'folder', 'plan']) }),
  saveAs: z.object({ suggestedName: z.string().min(1).max(200) }),
  /** A table or picture for other programs: written where the person chooses. */
  saveFile: z.object({
    suggestedName: z.string().min(1).max(200),
    type: z.enum(['table', 'picture']),
    bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= 256 * 1024 * 1024),
  }),
  menu: z.object({ items: z.array(nativeMenuItemSchema).max(1000) }),
  /** What the window that asks has open. */
  secondWindow: z.object({ sources: z.array(sourceSchema).max(1000) }),
} as const;
/** The name a file was saved under (null: cancelled), or why it could not be. */
export const nativeSavedSchema = z.union([z.object({ name: z.string().nullable() }), z.object({ fault: z.string() })]);
export const nativeSourcesSchema = z.array(sourceSchema);

/** What `window.seldingerNative` offers in Electron; absent in a browser. `FileObject` is the DOM's File. */
export interface NativeBridge<FileObject> {
  /** Grants what was dropped or chosen in an <input>: read in place. Empty when nothing of it is on a disk. */
  grant(files: readonly FileObject[]): Promise<z.output<typeof nativeSourcesSchema>>;
  /** The system's dialog; empty when the person cancelled. */
  pick(kind: 'files' | 'folder' | 'plan'): Promise<z.output<typeof nativeSourcesSchema>>;
  /** Where to save a plan: a plan source to hand to `planSave`; empty when cancelled. */
  saveAs(suggestedName: string): Promise<z.output<typeof nativeSourcesSchema>>;
  /** Saves a table or picture by the system's dialog. @returns its name, null when cancelled. Rejects with a sentence. */
  saveFile(suggestedName: string, type: 'table' | 'picture', bytes: Uint8Array): Promise<string | null>;
  /** Files handed over by the system or by a second launch. Returns what stops listening. */
  onOpen(listener: (sources: z.output<typeof nativeSourcesSchema>) => void): () => void;
  /** To be called once after the first paint. */
  painted(): void;
  /** What the desktop's menu offers from now on, in the order of the table. */
  setMenu(items: readonly NativeMenuItem[]): void;
  /** The id of an action chosen in that menu. Returns what stops listening. */
  onChosen(listener: (id: string) => void): () => void;
  /** Opens a further window, on another monitor where there is one, on the same images. */
  secondWindow(sources: z.output<typeof nativeSourcesSchema>): void;
}
