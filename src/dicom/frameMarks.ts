import type { Attributes } from './attributes.ts';
import type { FrameMarks } from './types.ts';

type Group = (tag: string) => Attributes | undefined;

/** Dimension pointers that say where a frame lies, not what it is: they part nothing. */
const PLACES = new Set([
  'x00209057',
  'x00200032',
  'x00209056',
  'x00200037',
  'x00209301',
  'x0040072a',
  'x0048021e',
  'x0048021f',
]);

/**
 * What may tell two frames at one place apart: from the frame's own groups, else those shared, else (in legacy converted
 * objects) the attributes that were left unassigned, else the data set.
 */
export function readMarks(top: Attributes, group: Group): FrameMarks {
  const content = group('x00209111');
  const frameType = group('x00189226') ?? group('x00189329') ?? group('x00189301');
  const loose = group('x00209171') ?? group('x00209170');
  const text = (tag: string) => loose?.text(tag).trim() || top.text(tag).trim();
  const timing = group('x00189112');
  const cardiac = group('x00189118');
  const diffusion = group('x00189117');
  const trigger = cardiac?.double('x00209153') ?? decimalOf(text('x00181060'));
  const gradient = directionOf(diffusion?.items('x00189076')[0] ?? top);
  const optional = {
    cardiacPhase: first(cardiac?.float('x00209241'), top.float('x00209241')),
    trigger: trigger === undefined ? '' : String(trigger),
    gradient,
    inversion: first(group('x00189115')?.double('x00189079'), text('x00180082')),
    flip: text('x00181314') || first(timing?.text('x00181314').trim()),
    energy: first(group('x00189325')?.text('x00180060').trim(), text('x00180060')),
    kernel: first(group('x00189314')?.text('x00181210').trim(), text('x00181210')),
    comment: first(content?.words('x00209158'), (loose ?? top).words('x00204000')).slice(0, 64),
    protocol: top.words('x00181030').slice(0, 64),
    dimensions: dimensionsOf(top, content),
  };
  const inStack = content?.uint32('x00209057');
  const date = text('x00080022') || text('x00080023');
  const time = text('x00080032') || text('x00080033');
  return {
    stack: content?.text('x00209056').trim() ?? '',
    temporalPosition: first(content?.uint32('x00209128'), text('x00200100')),
    acquisition: first(content?.uint16('x00209156'), text('x00200012')),
    echo: first(group('x00189114')?.double('x00189082'), text('x00180081')),
    bValue: first(diffusion?.double('x00189087'), top.double('x00189087'), siemensBValue(top)),
    imageType: first(frameType?.text('x00089007'), text('x00080008')),
    segment: first(group('x0062000a')?.uint16('x0062000b')),
    time: first(content?.text('x00189074').trim(), content?.text('x00189151').trim(), text('x0008002a'), date + time),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== '')),
    ...(inStack === undefined ? {} : { inStack }),
  };
}

function first(...texts: (string | number | undefined)[]): string {
  const found = texts.find((text) => text !== undefined && text !== '');
  return found === undefined ? '' : String(found);
}

function decimalOf(text: string): number | undefined {
  const value = Number(text);
  return text !== '' && Number.isFinite(value) ? value : undefined;
}

function directionOf(set: Attributes): string {
  const parts = [0, 1, 2].map((i) => set.double('x00189089', i));
  return parts.every((part) => part !== undefined) ? parts.map((part) => part.toFixed(3)).join('\\') : '';
}

/** The b-value of Siemens' private group, from before the standard had one. */
function siemensBValue(top: Attributes): string {
  return top.text('x00190010').startsWith('SIEMENS MR HEADER') ? top.text('x0019100c').trim() : '';
}

/** The index values of dimensions that are no places, in the order of the file. */
function dimensionsOf(top: Attributes, content: Attributes | undefined): string {
  if (content?.has('x00209157') !== true) return '';
  const values = top.items('x00209222').flatMap((dimension, i) => {
    const pointer = dimension.tagValue('x00209165');
    const value = content.uint32('x00209157', i);
    return pointer === undefined || PLACES.has(pointer) || value === undefined ? [] : [String(value)];
  });
  return values.join('-');
}
