import type { MeasurementKind } from '../../src/measurements/index.ts';
import type { Desk } from './desk.ts';
import { activeView } from './windows.ts';

/** Every tool by its own name in the table of actions: a kind's first is named as the kind ("area"), others after their tool ("area-by-corners"). */
export function toolsOf(
  kinds: readonly MeasurementKind[],
): readonly { readonly id: string; readonly kind: MeasurementKind }[] {
  return kinds
    .filter(({ tool }) => tool.spaces.length > 0)
    .flatMap((kind) => [
      { id: kind.name, kind },
      ...(kind.otherTools ?? []).map((way) => ({
        id: way.tool.name.toLowerCase().replaceAll(' ', '-'),
        kind: { ...kind, ...way },
      })),
    ]);
}

/** Arms a tool of the table; where it has no use on the active picture, the tool that serves there. */
export function armTool(desk: Desk, id: string, sticky: boolean): void {
  const tools = toolsOf(desk.kinds);
  const asked = tools.find((one) => one.id === id)?.kind;
  if (asked === undefined || desk.plan.getState().readOnly) return;
  const space = activeView(desk)?.map()?.on.in;
  const { spaces, otherwise } = asked.tool;
  const serves = space === undefined || spaces.includes(space) ? undefined : tools.find((one) => one.id === otherwise);
  desk.tool.arm(serves?.kind ?? asked, { sticky });
}
