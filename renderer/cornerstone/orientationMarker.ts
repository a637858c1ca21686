import type { VolumeViewport3D } from '@cornerstonejs/core';

let tools: Promise<typeof import('@cornerstonejs/tools')> | null = null;

/** Cornerstone's tools, loaded with the first 3D view: of all they can do only the marker is used (ADR 0008). */
function cornerstoneTools(): Promise<typeof import('@cornerstonejs/tools')> {
  tools ??= import('@cornerstonejs/tools').then((loaded) => {
    loaded.addTool(loaded.OrientationMarkerTool);
    return loaded;
  });
  return tools;
}

/** Grey faces with the letters of the patient's axes (head and feet, where the tool's own say S and I). */
const colours = { faceColor: '#aab2b8', fontColor: '#101214' };
const faces = {
  xPlus: { ...colours, text: 'L', faceRotation: 90 },
  xMinus: { ...colours, text: 'R', faceRotation: 270 },
  yPlus: { ...colours, text: 'P', faceRotation: 180 },
  yMinus: { ...colours, text: 'A' },
  zPlus: { ...colours, text: 'H' },
  zMinus: { ...colours, text: 'F' },
};
const style = {
  ...colours,
  fontStyle: 'bold',
  fontFamily: 'sans-serif',
  fontSizeScale: (resolution: number) => resolution / 1.6,
  edgeThickness: 0.08,
  edgeColor: '#101214',
  resolution: 128,
};

export interface OrientationMarker {
  /** After every turn of the camera. */
  follow(): void;
  remove(): void;
}

/** A small cube in the corner of a 3D view that turns with the patient. */
export async function showOrientationMarker(viewport: VolumeViewport3D, engineId: string): Promise<OrientationMarker> {
  const { OrientationMarkerTool, ToolGroupManager } = await cornerstoneTools();
  const name = String(OrientationMarkerTool.toolName);
  const groupId = `${viewport.id}-marker`;
  const group = ToolGroupManager.createToolGroup(groupId);
  if (!group) throw new Error('The orientation marker could not be made.');
  const cube = OrientationMarkerTool.OVERLAY_MARKER_TYPES.ANNOTATED_CUBE;
  group.addTool(name, {
    overlayMarkerType: cube,
    orientationWidget: {
      enabled: true,
      viewportCorner: 'BOTTOM_LEFT',
      viewportSize: 0.12,
      minPixelSize: 48,
      maxPixelSize: 90,
    },
    overlayConfiguration: { [cube]: { faceProperties: faces, defaultStyle: style } },
  });
  group.addViewport(viewport.id, engineId);
  group.setToolEnabled(name);
  return {
    follow: () => {
      const widget: unknown = viewport.getWidget(name);
      if (typeof widget !== 'object' || widget === null) return;
      const update: unknown = Reflect.get(widget, 'updateMarkerOrientation');
      if (typeof update === 'function') Reflect.apply(update, widget, []);
    },
    remove: () => ToolGroupManager.destroyToolGroup(groupId),
  };
}
