/** What `window.seldingerAutomation.state()` answers, as contract.md gives it: written here by hand, not imported from the renderer. */
export interface AutomationState {
  readonly ready: boolean;
  readonly series: readonly {
    readonly seriesInstanceUID: string;
    readonly part: string | null;
    readonly loaded: number;
    readonly frames: number;
  }[];
  readonly layout: string;
  readonly viewports: readonly {
    readonly name: string;
    readonly kind: string;
    readonly seriesInstanceUID: string | null;
    readonly frame: number | null;
    readonly index: number;
    readonly count: number;
    readonly position: readonly [number, number, number] | null;
    readonly rendered: boolean;
    readonly framesPainted: number;
    readonly complete: boolean;
    readonly slab: { readonly mode: string; readonly mm: number } | null;
    readonly orientation: { readonly right: readonly number[]; readonly down: readonly number[] } | null;
  }[];
  readonly plan: { readonly records: Readonly<Record<string, { readonly type: string; readonly kind?: string }>> };
  readonly results: readonly {
    readonly id: string;
    readonly kind: string;
    readonly results: Readonly<Record<string, { readonly value: unknown; readonly unit: string }>>;
  }[];
}
