import { getRenderingCapabilities } from '@cornerstonejs/core';

/** What this machine can draw. */
export interface Capability {
  readonly webgl: boolean;
  /** The graphics are computed by the processor: stacks are drawn without WebGL (faster there), 3D on demand only. */
  readonly software: boolean;
  /** Largest side of a 3D texture; a larger volume would draw black without an error. */
  readonly largestVolumeSide: number;
  /** A sentence for people, or null where everything works. */
  readonly limitation: string | null;
}

/** For graphics that fail again and again: stacks by the processor are what is left. */
export function withoutGraphics(capability: Capability): Capability {
  return {
    ...capability,
    webgl: false,
    software: true,
    limitation:
      'The graphics of this computer stopped three times: series can be looked at as stacks, but reformatted planes and 3D are not drawn any more. Start Seldinger again to try them.',
  };
}

/** Asks the browser once. Call after `init` of Cornerstone. */
export function findCapability(): Capability {
  const found = getRenderingCapabilities();
  if (!found.webgl2) {
    return {
      webgl: false,
      software: true,
      largestVolumeSide: 0,
      limitation:
        'This computer offers no WebGL2: series can be looked at as stacks, but reformatted planes and 3D cannot be drawn.',
    };
  }
  return {
    webgl: true,
    software: found.softwareRasterizer,
    largestVolumeSide: largestVolumeSide(),
    limitation: null,
  };
}

function largestVolumeSide(): number {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return 2048;
  const size: unknown = gl.getParameter(gl.MAX_3D_TEXTURE_SIZE);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof size === 'number' ? size : 2048;
}
