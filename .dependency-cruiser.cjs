// The arrows of the house (docs: CONTRIBUTING.md). Imports run one way; a room is entered through its index.ts.

const pureOrder = ['geometry', 'quantity', 'dicom', 'pixels', 'imaging', 'plan', 'measurements', 'export'];
/** What each room of src may import, besides itself. */
const mayImport = {
  geometry: [],
  quantity: [],
  dicom: ['geometry', 'quantity'],
  pixels: ['geometry', 'quantity', 'dicom'],
  imaging: pureOrder.slice(0, 4),
  plan: pureOrder.slice(0, 5),
  measurements: pureOrder.slice(0, 6),
  export: pureOrder.slice(0, 7),
  contract: pureOrder.slice(0, 6),
  host: [...pureOrder, 'contract'],
  cli: [...pureOrder, 'contract', 'host'],
};
const rooms = Object.keys(mayImport);
const pureRooms = rooms.filter((room) => room !== 'host' && room !== 'cli');

const downwards = rooms.map((room) => ({
  name: `arrow-${room}`,
  comment: `src/${room} may import only ${mayImport[room].join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: `^(src/(${rooms.filter((other) => other !== room && !mayImport[room].includes(other)).join('|')})/|renderer/|electron/${
      room === 'host' || room === 'cli' ? '' : '|sample-data/'
    })`,
  },
}));

const throughIndex = rooms.map((room) => ({
  name: `index-of-${room}`,
  comment: `src/${room} is entered through its index.ts`,
  severity: 'error',
  from: { pathNot: `^(src/${room}/|test/|bench/|scripts/)` },
  to: { path: `^src/${room}/`, pathNot: `^src/${room}/index\\.ts$` },
}));

/** Renderer folders from the top; each may import those of later lines only. Folders of one line are siblings. */
const layers = [
  ['app'],
  ['panels', 'viewports'],
  ['actions'],
  ['state'],
  ['marks', 'cornerstone', 'curved', 'workers', 'host', 'ui'],
];
const layerRules = layers.flatMap((line, level) =>
  line.map((folder) => {
    const above = layers.slice(0, level).flat();
    const siblings = level === layers.length - 1 ? [] : line.filter((other) => other !== folder);
    const forbidden = [...above, ...siblings, 'main'];
    return {
      name: `layer-${folder}`,
      comment: `renderer/${folder} may not import ${forbidden.join(', ')}: imports go down only`,
      severity: 'error',
      from: { path: `^renderer/${folder}/` },
      to: { path: `^renderer/(${forbidden.join('|')})[/.]` },
    };
  }),
);

module.exports = {
  forbidden: [
    { name: 'no-circle', comment: 'no file imports in a circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-found',
      comment: 'every import resolves',
      severity: 'error',
      from: {},
      // What Vite gives a meaning of its own (?worker, ?url).
      to: { couldNotResolve: true, pathNot: '\\?' },
    },
    ...downwards,
    ...throughIndex,
    {
      name: 'pure-knows-no-node',
      comment: 'pure rooms have no Node built-in',
      severity: 'error',
      from: { path: `^(src/(${pureRooms.join('|')})|sample-data)/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-knows-no-screen',
      comment: 'pure rooms have no React, Cornerstone, Electron or server',
      severity: 'error',
      from: { path: `^(src/(${pureRooms.join('|')})|sample-data)/` },
      to: {
        path: 'node_modules/(react|react-dom|react-aria-components|zustand|electron|hono|comlink|@kitware|@cornerstonejs/(core|tools|metadata|utils|dicom-image-loader))/',
      },
    },
    {
      name: 'codecs-in-one-place',
      comment: 'only src/pixels/codecs imports the decoders',
      severity: 'error',
      from: { pathNot: '^(src/pixels/codecs/|test/|bench/)' },
      to: { path: 'node_modules/@cornerstonejs/(codec-|jpeg-lossless)' },
    },
    {
      name: 'cornerstone-in-one-place',
      comment: 'only renderer/cornerstone imports Cornerstone',
      severity: 'error',
      from: { pathNot: '^(renderer/cornerstone/|test/|bench/)' },
      to: { path: 'node_modules/@cornerstonejs/(core|tools|metadata|utils|dicom-image-loader)/' },
    },
    {
      name: 'arrow-electron',
      comment: 'electron imports src/host and src/contract only',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(src/|renderer/|sample-data/)', pathNot: '^src/(host|contract)/' },
    },
    {
      name: 'arrow-renderer',
      comment: 'the renderer imports src, but not host and cli',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(src/(host|cli)|electron|sample-data)/' },
    },
    {
      name: 'arrow-sample-data',
      comment: 'sample-data imports geometry, quantity and dicom',
      severity: 'error',
      from: { path: '^sample-data/' },
      to: { path: '^(src/|renderer/|electron/)', pathNot: '^src/(geometry|quantity|dicom)/' },
    },
    {
      name: 'index-of-sample-data',
      comment: 'sample-data is entered through its index.ts',
      severity: 'error',
      from: { pathNot: '^(sample-data/|test/|bench/)' },
      to: { path: '^sample-data/', pathNot: '^sample-data/index\\.ts$' },
    },
    ...layerRules,
    {
      name: 'not-from-tests',
      comment: 'nothing that ships imports tests, benchmarks or scripts',
      severity: 'error',
      from: { path: '^(src|renderer|electron|sample-data)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.cts', '.mjs', '.js', '.json'],
    },
  },
};
