import { describe, expect, it } from 'vitest';
import { codes, itemIn, itemOf, measure, numberOf, scalar, sourceOf } from '../support.ts';

const path = (target: readonly number[], options: Readonly<Record<string, unknown>> = {}, entry = [0, 0, 0]) =>
  itemOf('trajectory', { entry, target, options });
const ball = (centre: readonly number[], radius: number) =>
  itemOf('region', {
    ellipsoid: {
      centre,
      semiAxes: [radius, radius, radius],
      axes: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
  });
const alone = async (item: ReturnType<typeof path>, patientPosition = 'HFS') =>
  itemIn(await measure({ t: item }, sourceOf({ series: { patientPosition } })), 't');

describe('trajectory', () => {
  it('has its depth, what remains of the needle, and its angles', async () => {
    const [theta, phi] = [(30 * Math.PI) / 180, (-20 * Math.PI) / 180];
    const d = [Math.cos(phi) * Math.sin(theta), Math.cos(phi) * Math.cos(theta), Math.sin(phi)];
    const got = await alone(
      path(
        d.map((x) => 80 * x),
        { needleLength: 150 },
      ),
    );
    expect(numberOf(got, 'depth')).toBeCloseTo(80, 9);
    expect(numberOf(got, 'remaining')).toBeCloseTo(70, 9);
    expect(numberOf(got, 'axialAngle')).toBeCloseTo(30, 9);
    expect(numberOf(got, 'craniocaudalAngle')).toBeCloseTo(-20, 9);
    expect(numberOf(got, 'tableAngle')).toBeCloseTo(30, 9);
    expect(scalar(got, 'tableAngle')).toMatchObject({ unit: 'deg', basis: null });
  });

  it('reads 0 on the table straight down in every position, where the patient-based angle reads 180 or 90', async () => {
    for (const [position, down, axial] of [
      ['HFS', [0, 50, 0], 0],
      ['HFP', [0, -50, 0], 180],
      ['HFDR', [-50, 0, 0], -90],
      ['FFDL', [50, 0, 0], 90],
    ] as const) {
      const got = await alone(path(down), position);
      expect(numberOf(got, 'tableAngle')).toBeCloseTo(0, 9);
      expect(numberOf(got, 'axialAngle')).toBeCloseTo(axial, 9);
    }
  });

  it('turns with the roll, patient left side down', async () => {
    const roll = (20 * Math.PI) / 180;
    const got = await alone(
      path([60 * Math.sin(roll), 60 * Math.cos(roll), 0], { procedurePosition: 'supine', roll: 20 }),
    );
    expect(numberOf(got, 'tableAngle')).toBeCloseTo(0, 9);
  });

  it('warns when the scan lay otherwise than the procedure will', async () => {
    const got = await alone(path([0, -50, 0], { procedurePosition: 'prone' }));
    expect(numberOf(got, 'tableAngle')).toBeCloseTo(0, 9);
    expect(got.notes.find(({ code }) => code === 'position-differs')?.message).toBe(
      "Planned on a supine scan for a prone procedure. Organs move. Plan again on the day's scan.",
    );
  });

  it('does not invent a position that the scan does not tell', async () => {
    const got = await alone(path([0, 50, 0]), '');
    expect(scalar(got, 'tableAngle').value).toBeNull();
    expect(got.notes).toContainEqual(expect.objectContaining({ code: 'position-unknown', key: 'tableAngle' }));
  });

  it('has no axial angle along the table, and no direction without a length', async () => {
    const along = await alone(path([0, 0, 50]));
    expect(scalar(along, 'axialAngle').value).toBeNull();
    expect(numberOf(along, 'craniocaudalAngle')).toBeCloseTo(90, 9);
    expect(along.notes.filter(({ code }) => code === 'axis-undefined').map(({ key }) => key)).toEqual([
      'axialAngle',
      'tableAngle',
    ]);
    const point = await alone(path([0, 0, 0]));
    expect(numberOf(point, 'depth')).toBe(0);
    expect(scalar(point, 'craniocaudalAngle').value).toBeNull();
  });

  it('keeps a distance from the nearest obstacle, less half the needle, over the whole way of the fired tip', async () => {
    const obstacles = ['near', 'far'];
    const records = { near: ball([0, 70, 0], 5), far: ball([40, 20, 0], 5) };
    const device = { diameter: 2, throw: 10 };
    // The tip stops 10 mm before the centre's height: 60 -> the ball starts at 65, and 1 mm is the needle's half.
    const got = itemIn(await measure({ ...records, t: path([0, 50, 0], { obstacles, device }) }), 't');
    expect(scalar(got, 'clearance')).toMatchObject({ unit: 'mm', basis: 'patient', to: 'near' });
    expect(numberOf(got, 'clearance')).toBeCloseTo(4, 9);
    const inside = itemIn(await measure({ ...records, t: path([0, 50, 0], { obstacles, device, extension: 8 }) }), 't');
    expect(numberOf(inside, 'clearance')).toBeCloseTo(-4, 9);
    expect(got.notes).toContainEqual(expect.objectContaining({ code: 'assessed', key: 'clearance' }));
  });

  it('never calls clear what was not assessed', async () => {
    const none = await alone(path([0, 50, 0]));
    expect(scalar(none, 'clearance').value).toBeNull();
    expect(none.notes).toContainEqual(expect.objectContaining({ code: 'not-assessed', key: 'clearance' }));
    const got = itemIn(
      await measure({ m: { type: 'mask', name: 'Colon' }, t: path([0, 50, 0], { obstacles: ['m'] }) }),
      't',
    );
    expect(scalar(got, 'clearance').value).toBeNull();
    expect(codes(got)).toEqual(expect.arrayContaining(['notAssessed', 'not-assessed']));
    expect(got.notes.find(({ code }) => code === 'notAssessed')?.message).toContain('Colon (m)');
  });

  it('fails when an obstacle has been deleted', async () => {
    expect((await measure({ t: path([0, 50, 0], { obstacles: ['gone'] }) })).failed).toMatchObject([
      { code: 'depends-on-failed' },
    ]);
  });

  it('takes the needle thickness from its gauge and says so', async () => {
    const got = itemIn(
      await measure({
        near: ball([10, 25, 0], 5),
        t: path([0, 50, 0], { obstacles: ['near'], device: { gauge: 18 } }),
      }),
      't',
    );
    expect(numberOf(got, 'clearance')).toBeCloseTo(5 - 1.27 / 2, 9);
    expect(codes(got)).toContain('diameter-from-gauge');
  });
});
