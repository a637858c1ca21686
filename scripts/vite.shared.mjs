// What every Vite run over Cornerstone needs (design page cornerstone.md, "Build").
const codecs = ['charls', 'openjpeg', 'libjxl', 'libjpeg-turbo-8bit'];

/**
 * The loader must stay unbundled (it finds its worker by URL) while what it shares with us is bundled once:
 * otherwise two copies of @cornerstonejs/metadata load and nothing decodes.
 */
export const cornerstoneOptimizeDeps = {
  exclude: ['@cornerstonejs/dicom-image-loader'],
  include: [
    '@cornerstonejs/core',
    '@cornerstonejs/tools',
    '@cornerstonejs/metadata',
    'dicom-parser',
    ...codecs.map((name) => `@cornerstonejs/dicom-image-loader > @cornerstonejs/codec-${name}/decodewasmjs`),
    '@cornerstonejs/dicom-image-loader > @cornerstonejs/codec-openjph/wasmjs',
    '@cornerstonejs/jpeg-lossless-decoder-js',
    // Solid marks and the look of tissue in 3D (renderer/cornerstone): with core's own copy, or nothing is drawn.
    ...[
      'Common/DataModel/PiecewiseFunction',
      'Common/DataModel/PolyData',
      'Filters/General/TubeFilter',
      'Filters/Sources/SphereSource',
      'Rendering/Core/Actor',
      'Rendering/Core/ColorTransferFunction',
      'Rendering/Core/Mapper',
    ].map((name) => `@kitware/vtk.js/${name}`),
  ],
};

/**
 * The codecs' glue names Node's fs and path for the case that it runs there; in a page they are rightly left out.
 *
 * @param {{ message: string }} warning  @param {(warning: any) => void} show
 */
function onwarn(warning, show) {
  if (!warning.message.includes('externalized for browser compatibility')) show(warning);
}

/** Rolldown options for a page or a worker that holds Cornerstone: only warnings that someone can act on. */
export const quietly = { onwarn, checks: { pluginTimings: false } };

/** What the window stands on, named so that one run of the tests never meets two copies of React: Vite bundles late finds anew. */
export const windowDependencies = [
  'axe-core',
  'lucide-react',
  'react',
  'react-aria-components',
  'react-dom',
  'react-dom/client',
  'react-resizable-panels',
  'react/jsx-dev-runtime',
  'react/jsx-runtime',
  'zod',
  'zustand',
  'zustand/vanilla',
];
