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
  ],
};
